using System.CommandLine;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims.Differences;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Claims;

/// <summary><c>kelvin lab claims</c>: every claim of the theory that can be measured, with effect, interval and verdict.</summary>
internal sealed class ClaimsCommand : LabExperiment<ClaimsResult>
{
    private readonly Option<int?> _seeds = Flags.WholeNumber("--seeds", "Seeds behind each interval. [default: 12, quick: 4]", 3, 1000);
    private readonly Option<bool> _differences = new("--differences")
    {
        Description = "In place of the claims: why some numbers are not the reference's, from its setting to ours, a factor at a time.",
    };

    public ClaimsCommand(CliHost host)
        : base(
            host,
            "claims",
            "Measure the claims of the theory: effect, interval, and whether each holds.",
            new CommandExample("kelvin lab claims --quick", "Measures every claim over four seeds."),
            new CommandExample("kelvin lab claims --html claims.html", "Over twelve seeds, with a page that links each claim to its picture."),
            new CommandExample("kelvin lab claims --differences --json", "Says why some numbers are not the reference's."))
    {
        Options.Add(_seeds);
        Options.Add(_differences);
    }

    protected override ClaimsResult Measure(LabRun run)
    {
        var lab = new ClaimLab(run, run.Seeds(run.Arguments.GetValue(_seeds) ?? (run.IsQuick ? 4 : 12)));
        if (run.Arguments.GetValue(_differences))
            return new ClaimsResult([], Differences(lab, run.IsQuick));

        return new ClaimsResult(
        [
            .. PerturbationClaims.Measure(lab, run.IsQuick),
            FluctuationClaim.Measure(lab, run.IsQuick),
            .. new DescentClaims(lab).Measure(),
            LargeStepClaim.Measure(lab, run.IsQuick),
            WidthClaim.Measure(lab, run.IsQuick),
            .. LimitClaims.Measure(lab, run.IsQuick),
            DiffusionClaim.Measure(lab, run.IsQuick),
            .. TrainingClaims.Measure(lab),
        ]);
    }

    private static MeasuredDifference[] Differences(ClaimLab lab, bool isQuick) =>
    [
        ConvergenceDifference.Measure(lab, isQuick),
        WidthDifference.Measure(lab, isQuick),
        DecouplingDifference.Measure(lab, isQuick),
        LargeStepDifference.Measure(lab, isQuick),
    ];

    protected override object Document(LabRun run, ClaimsResult result) => ClaimsDocument.Of(run, result);

    protected override ReportPage Page(LabRun run, ClaimsResult result) => result.Differences is null ? ClaimsPage.Of(run, result) : DifferencePage.Of(run, result.Differences);

    protected override void Print(LabRun run, ClaimsResult result) => ClaimsText.Write(Host, result);
}
