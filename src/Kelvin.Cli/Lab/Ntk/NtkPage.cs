using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>The page of <c>kelvin lab ntk</c>.</summary>
internal static class NtkPage
{
    public static ReportPage Of(NtkResult result, LabRun run) => new()
    {
        Title = $"Tangent kernels on {result.Problem.Name}",
        Subtitle = "What a network's kernel says about its training before it begins, how near it is to the limit of infinite width, and how far training moves it.",
        Headline = NtkText.Headline(result),
        Facts =
        [
            new("Data", LabWords.Text($"{result.Problem.Name}, {result.Problem.Set.Rows} examples on the unit sphere, {result.Problem.Question}")),
            new("Networks", LabWords.Text($"hidden weights N(0, {result.Plan.Scale:0.###}²), T = {result.Plan.Temperature:0.###}, {result.Plan.Seeds} a point")),
            new("Training", LabWords.Text($"{result.Plan.Steps} steps of gradient descent at a quarter of the stable one")),
            new("Run", LabWords.Text($"seed {run.Seed}, {run.Elapsed.TotalSeconds:0} s")),
        ],
        Sections = [Spectra(result), Width(result), Drift(result)],
        Closing = "Made by `kelvin lab ntk`.",
    };

    private static Section Spectra(NtkResult result) => new("Spectrum", [.. Remarks(result), Eigenvalues(result), Table(result)])
    {
        Lead = "Each eigenvector of the kernel is a direction that training learns at the rate of its eigenvalue: the largest sets the largest stable step, the smallest how long the last of the error takes.",
    };

    private static IEnumerable<Block> Remarks(NtkResult result) =>
        NtkText.Remarks(result).Select(remark => new Callout(CalloutKind.Warning, "Before you read the numbers", remark));

    private static LineChart Eigenvalues(NtkResult result) => new()
    {
        Title = LabWords.Text($"Eigenvalues at {result.Plan.Widths[^1]} units"),
        Caption = "One network of each activation, from the largest eigenvalue down; dashed: infinite width.",
        X = new Axis("Rank") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
        Y = new Axis("Eigenvalue of H") { Scale = AxisScale.Logarithmic },
        Series =
        [
            .. result.Limits.Select(limit => Line($"{LabWords.Of(limit.Activation)}, limit", limit.Activation, limit.Eigenvalues) with { Dash = LineDash.Dashed }),
            .. LabNetworks.Activations.Select(activation => Line(LabWords.Of(activation), activation, result.Widest(activation).Eigenvalues)),
        ],
    };

    private static LineSeries Line(string name, HiddenActivation activation, IReadOnlyList<double> values) =>
        new(name, [.. values.Select((_, i) => i + 1.0)], values) { Color = Palette.Of(LabWords.Of(activation)) };

    private static DataTable Table(NtkResult result) => new(
        "Spectra",
        ["Activation", "Units", "λ_min", "λ_max", "Condition", "Effective rank", "Alignment"],
        [
            .. result.Points.Select(point => (IReadOnlyList<Cell>)
            [
                LabWords.Of(point.Activation),
                Cell.Number(point.Hidden, NumberForm.Whole),
                Cell.Interval(point.Smallest.Value, point.Smallest.Low, point.Smallest.High),
                Cell.Interval(point.Largest.Value, point.Largest.Low, point.Largest.High),
                double.IsFinite(point.Condition.Value) ? Cell.Number(point.Condition.Value) : "–",
                Cell.Number(point.EffectiveRank.Value),
                Cell.Number(point.Alignment.Value),
            ]),
        ])
    {
        Caption = "Means over networks with 95 % intervals. Effective rank: (Σλ)²/Σλ². Alignment: ⟨H, y yᵀ⟩/(‖H‖ ‖y‖²).",
    };

    private static Section Width(NtkResult result) => new(
        "Width",
        [OverWidth(result, "Distance to infinite width", "‖H − K‖/‖K‖", "Kernels at the start against their limit, with 95 % bands.", point => point.Distance)])
    {
        Lead = "Where this is not small the formulas for infinite width describe another network than yours.",
    };

    private static Section Drift(NtkResult result) => new(
        "Drift",
        [OverWidth(result, "Drift in training", "‖H − H₀‖/‖H₀‖", "Frobenius norm after training, with 95 % bands.", point => point.Drift), Rates(result)])
    {
        Lead = "A prediction from the kernel at the start leaves this out. What counts most is what happens to the small eigenvalues: they carry the end of the training.",
    };

    private static LineChart OverWidth(NtkResult result, string title, string quantity, string caption, Func<NtkPoint, Frame.Estimate> value) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Hidden units") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
        Y = new Axis(quantity) { Scale = AxisScale.Logarithmic },
        Series =
        [
            .. LabNetworks.Activations.Select(activation => new LineSeries(
                LabWords.Of(activation), [.. result.Of(activation).Select(point => (double)point.Hidden)], [.. result.Of(activation).Select(point => value(point).Value)])
            {
                Low = [.. result.Of(activation).Select(point => value(point).Low)],
                High = [.. result.Of(activation).Select(point => value(point).High)],
                HasPoints = true,
            }),
        ],
    };

    private static LineChart Rates(NtkResult result) => new()
    {
        Title = LabWords.Text($"Rates after training, {result.Plan.Widths[^1]} units"),
        Caption = "By eigenvector of the kernel at the start, from the largest eigenvalue down: the rate at which its part of the error shrinks, after over before.",
        X = new Axis("Rank") { Scale = AxisScale.Logarithmic, Form = NumberForm.Whole },
        Y = new Axis("qᵀHq/λ"),
        Series = [.. LabNetworks.Activations.Select(activation => Line(LabWords.Of(activation), activation, result.Widest(activation).RateRatios))],
        References = [new ReferenceLine(1, "unmoved")],
    };
}
