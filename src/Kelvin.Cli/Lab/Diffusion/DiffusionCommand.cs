using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary><c>kelvin lab diffusion</c>: learning a score from noisy labels, sampling from it, and a generator of digits.</summary>
internal sealed class DiffusionCommand : LabExperiment<DiffusionResult>
{
    private readonly Option<string?> _only = Flags.Text("--only", "PART", "mixture or digits. [default: both]");
    private readonly Option<string?> _journal = Flags.Text(
        "--journal", "FILE", "Keep what is done in FILE, and the generator beside it; the same command goes on from there.");

    public DiffusionCommand(CliHost host)
        : base(
            host,
            "diffusion",
            "Learn scores from noisy labels, bound their error, sample, and generate digits.",
            new CommandExample("kelvin lab diffusion --quick", "All of it in small, in under a minute."),
            new CommandExample("kelvin lab diffusion --only digits --html digits.html", "Trains a generator of digits; the page shows what it draws."),
            new CommandExample("kelvin lab diffusion --journal d.journal --html d.html", "All of it; may be interrupted and started again."))
    {
        Options.Add(_only);
        Options.Add(_journal);
    }

    protected override DiffusionResult Measure(LabRun run)
    {
        string? only = run.Arguments.GetValue(_only);
        if (only is not (null or "mixture" or "digits"))
            throw new UsageException($"--only is '{only}', but must be mixture or digits.", "Leave it out for both.");

        DiffusionPlan plan = run.IsQuick
            ? DiffusionPlan.Quick(run.Seed, only != "digits", only != "mixture")
            : DiffusionPlan.Full(run.Seed, only != "digits", only != "mixture");
        string? path = run.Arguments.GetValue(_journal);
        using Journal journal = path is null ? Journal.None() : Journal.Open(Host, path, plan);
        LearnerCurve[] curves = plan.HasMixture ? new LearnerRuns(run, plan, journal).Learn() : [];
        SamplerRow[] samplers = plan.HasMixture ? new SamplerRuns(run, plan, journal).Sample() : [];
        BoundRow[] bounds = plan.HasMixture ? new BoundRuns(run, plan).Bound() : [];
        string? statePath = path is null ? null : Host.FullPath(path) + ".generator";
        DigitsResult? digits = plan.HasDigits ? new DigitsRuns(run, plan, statePath).Measure() : null;
        return new DiffusionResult(plan, curves, samplers, bounds, digits);
    }

    protected override object Document(LabRun run, DiffusionResult result) => DiffusionDocument.Of(result);

    protected override ReportPage Page(LabRun run, DiffusionResult result) => DiffusionPage.Of(result, run.Elapsed);

    protected override void Print(LabRun run, DiffusionResult result) => DiffusionText.Write(Host, result);
}
