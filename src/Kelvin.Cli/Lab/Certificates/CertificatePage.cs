using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Tangents.Certificates;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>The page of <c>kelvin lab certificate</c>.</summary>
internal static class CertificatePage
{
    public static ReportPage Of(CertificateResult result, TimeSpan elapsed) => new()
    {
        Title = "What training is certain to do",
        Subtitle = "Curves proved before training from kernels on the data, and the training that followed.",
        Headline = CertificateText.Headline(result),
        Facts =
        [
            new("Data", LabWords.Text($"{result.Plan.Rows} examples, {result.Plan.Data}")),
            new("Network", LabWords.Text($"{result.Plan.Hidden} hidden units, T = {result.Plan.Temperature:0.###}")),
            new("Step", LabWords.Text($"{result.Plan.Step:0.###} × 2/λ_max")),
            new("Time", LabWords.Text($"{elapsed.TotalSeconds:0.0} s")),
        ],
        Summary = [.. result.Runs.Select(Item)],
        Sections = [.. result.Runs.Select(Section)],
        Closing = "Made by `kelvin lab certificate`.",
    };

    private static SummaryItem Item(CertifiedRun run) => new(Verdict(run.Certificate.Verdict), LabWords.Capital(run.Activation), run.Certificate.Reason)
    {
        SectionTitle = LabWords.Capital(run.Activation),
    };

    private static Verdict Verdict(CertificateVerdict verdict) => verdict switch
    {
        CertificateVerdict.Holds => Reports.Verdict.Held,
        CertificateVerdict.Vacuous => Reports.Verdict.Undecided,
        _ => Reports.Verdict.DidNotHold,
    };

    private static Section Section(CertifiedRun run) => new(
        LabWords.Capital(run.Activation), [Numbers(run), LossChart(run), BallChart(run), Statements(run), Assumptions(run), Words(run)])
    {
        Lead = LabWords.Text($"{run.Certificate.KernelEvaluations} kernels were evaluated to certify {run.Steps} steps."),
    };

    private static KeyNumbers Numbers(CertifiedRun run) => new(
    [
        new("Bound / measured at 1e-1", Number(run.Check.RatioAtTenth), "where the measured loss is a tenth of its start"),
        new("Bound / measured at 1e-3", Number(run.Check.RatioAtThousandth), "where it is a thousandth"),
        new("Steps above the bound", Cell.Number(run.Check.Violations, NumberForm.Whole), LabWords.Text($"of {run.Check.StepsCompared} compared")),
    ]);

    private static Cell Number(double value) => double.IsNaN(value) ? Cell.Text("–") : Cell.Number(value);

    private static LineChart LossChart(CertifiedRun run) => new()
    {
        Title = LabWords.Text($"Loss of the {LabWords.Of(run.Activation)} network"),
        Caption = "The bound was known before the first step. Where it has no line, nothing is promised.",
        X = new Axis("Step") { Form = NumberForm.Whole },
        Y = new Axis("Loss") { Scale = AxisScale.Logarithmic },
        Series =
        [
            Line("bound", run, run.Certificate.LossBound, Palette.Muted, LineDash.Dashed),
            Line("measured", run, k => run.Measured.Losses[k], Palette.Of(LabWords.Of(run.Activation)) ?? Palette.Softmax, LineDash.Solid),
        ],
    };

    private static LineChart BallChart(CertifiedRun run) => new()
    {
        Title = "Distance of the hidden weights from their start",
        Caption = "Frobenius norm of W − W₀.",
        X = new Axis("Step") { Form = NumberForm.Whole },
        Y = new Axis("Distance"),
        Series =
        [
            Line("bound", run, run.Certificate.DistanceBound, Palette.Muted, LineDash.Dashed),
            Line("measured", run, k => run.Measured.Distances[k], Palette.Of(LabWords.Of(run.Activation)) ?? Palette.Softmax, LineDash.Solid),
        ],
    };

    private static LineSeries Line(string name, CertifiedRun run, Func<int, double> value, ChartColor color, LineDash dash) =>
        new(name, [.. Enumerable.Range(0, run.Steps + 1).Select(k => (double)k)], [.. Enumerable.Range(0, run.Steps + 1).Select(value)])
        {
            Color = color,
            Dash = dash,
        };

    private static Prose Words(CertifiedRun run) => new(string.Join(
        "\n\n",
        CertificateText.Statements(run.Certificate).Select(one => $"**{one.Name}** {one.Statement.Explanation}")
            .Concat(run.Certificate.Assumptions.Select(one => $"**assumed: {one.Name}** {one.Explanation}"))));

    private static DataTable Statements(CertifiedRun run) => new(
        "What is stated",
        ["Statement", "Verdict", "Bound", "Without it"],
        [
            .. CertificateText.Statements(run.Certificate).Select(one => (IReadOnlyList<Cell>)
                [one.Name, Cell.Badge(Verdict(one.Statement.Verdict)), Number(one.Statement.Bound), Number(one.Statement.Trivial)]),
        ]);

    private static DataTable Assumptions(CertifiedRun run) => new(
        "What is assumed, checked on these data",
        ["Assumption", "Measured", "At most", "Holds"],
        [
            .. run.Certificate.Assumptions.Select(one => (IReadOnlyList<Cell>)
                [one.Name, Cell.Number(one.Measured), Cell.Number(one.Limit), one.Holds ? "yes" : "no"]),
        ]);
}
