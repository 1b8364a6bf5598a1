using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary><c>kelvin lab certificate</c>: proves what training will do, then trains and holds the two together.</summary>
internal sealed class CertificateCommand : LabExperiment<CertificateResult>
{
    private readonly LabDataOptions _data = new("random points on the sphere");
    private readonly Option<string?> _activation = new("--activation")
    {
        HelpName = "NAME",
        Description = "Hidden units: softmax, exp or relu. [default: all three]",
    };

    private readonly Option<int?> _rows = Flags.WholeNumber("--rows", "Examples, at most. [default: 16]", 2, 2000);
    private readonly Option<int?> _width = Flags.WholeNumber("--width", "Hidden units. [default: 1024, quick: 256]", 1, 1_000_000);
    private readonly Option<int?> _steps = Flags.WholeNumber("--steps", "Steps. [default: to 3e-4 of the loss as the kernel predicts, at most 4000]", 1, 1_000_000);
    private readonly Option<double?> _step = Flags.NumberBetween("--step", "Step size as a multiple of 2/λ_max at the start. [default: 0.1]", 1e-6, 1000);
    private readonly Option<double?> _temperature = Flags.NumberBetween("--temperature", "T of the hidden layer. [default: 1]", 1e-3, 1e3);
    private readonly Option<double?> _noise = Flags.NumberBetween(
        "--label-noise", "Standard deviation of the noise added to the targets. [default: 0.1]", 0, 1e6);

    public CertificateCommand(CliHost host)
        : base(
            host,
            "certificate",
            "Prove a curve that the training loss stays under, then train and compare.",
            new CommandExample("kelvin lab certificate --quick", "Certifies softmax, exp and ReLU networks on 16 points, then trains them."),
            new CommandExample("kelvin lab certificate --data iris --rows 30 --html proof.html", "The same on real data, with the curves as a page."),
            new CommandExample("kelvin lab certificate --step 1.5", "A step past the edge of stability: the assumption that fails is named."))
    {
        _data.AddTo(this);
        foreach (Option option in new Option[] { _activation, _rows, _width, _steps, _step, _temperature, _noise })
            Options.Add(option);
    }

    protected override CertificateResult Measure(LabRun run)
    {
        int rows = run.Arguments.GetValue(_rows) ?? 16;
        double noise = run.Arguments.GetValue(_noise) ?? 0.1;
        string? activation = run.Arguments.GetValue(_activation);
        IReadOnlyList<HiddenActivation> activations = activation is null ? LabNetworks.Activations : [LabWords.Activation(activation)];
        CertificateData data = run.Arguments.GetValue<string?>("--data") is null
            ? CertificateData.Sphere(rows, noise, run.Seed)
            : CertificateData.Of(_data.Read(run), rows, noise, run.Seed);
        var plan = new CertificatePlan
        {
            Data = data.Name,
            Rows = data.Inputs.Rows,
            Activations = activations,
            Hidden = run.Arguments.GetValue(_width) ?? (run.IsQuick ? 256 : 1024),
            Temperature = run.Arguments.GetValue(_temperature) ?? 1,
            Step = run.Arguments.GetValue(_step) ?? 0.1,
            Steps = run.Arguments.GetValue(_steps),
            MostSteps = run.IsQuick ? 1000 : 4000,
            LabelNoise = noise,
            Seed = run.Seed,
        };
        CertifiedRun[] runs = run.Do<CertifiedRun>(
            "proving and training",
            [.. plan.Activations.Select(one => (Func<CertifiedRun>)(() => CertifiedRun.Of(plan, data, one, run.CancellationToken)))],
            done => CertificateText.Line(done));
        return new CertificateResult(plan, data, runs);
    }

    protected override object Document(LabRun run, CertificateResult result) => CertificateDocument.Of(result);

    protected override ReportPage Page(LabRun run, CertificateResult result) => CertificatePage.Of(result, run.Elapsed);

    protected override void Print(LabRun run, CertificateResult result) => CertificateText.Write(Host, result);

    /// <summary>A run above its bound would be a defect of the proof or of the program.</summary>
    protected override int ExitCodeOf(CertificateResult result) => result.Violations == 0 ? ExitCode.Good : ExitCode.No;
}
