using Kelvin.Cli.Frame;
using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Demo;

/// <summary>The report's section on the three mechanisms that are said to make softmax networks stable.</summary>
internal static class MechanismsSection
{
    public static Section Of(DemoResult result)
    {
        MechanismSummary[] summaries = [.. DemoPlan.Activations.Select(activation => new MechanismSummary(activation, result.Mechanisms))];
        return new Section(
            MechanismFindings.SectionTitle,
            [
                new BlockGrid([Scaling(summaries, result, ofLoss: false), Scaling(summaries, result, ofLoss: true)]),
                new BlockGrid([Spreads(summaries, atEnd: false), Spreads(summaries, atEnd: true)]),
                Smoothness(summaries),
                Table(summaries),
            ])
        {
            Lead = "Three reasons are given why a softmax should train more stably than exp or ReLU. Each is measured here on the same networks; bands and brackets are 95 % intervals over seeds.",
        };
    }

    private static LineChart Scaling(MechanismSummary[] summaries, DemoResult result, bool ofLoss) => new()
    {
        Title = ofLoss ? "1b · Gradient of the squared loss as logits grow" : "1a · Gradient of the outputs as logits grow",
        Caption = ofLoss
            ? "ReLU's outputs grow with its logits, and the loss gradient with them; exp leaves the chart and soon the range of numbers."
            : "Softmax never exceeds its bound; ReLU does not change; exp leaves the chart and soon the range of numbers.",
        X = new Axis("Logits multiplied by") { Scale = AxisScale.Logarithmic, Min = 1, Max = DemoPlan.LogitFactors[^1] },
        Y = new Axis(ofLoss ? "‖∂L/∂θ‖, root mean square" : "‖∂F/∂θ‖, root mean square") { Scale = AxisScale.Logarithmic, Min = ofLoss ? 0.1 : 1, Max = ofLoss ? 1e5 : 1e4 },
        Series = [.. summaries.Select(summary => Line(summary.Activation, DemoPlan.LogitFactors, summary.Curve(point => ofLoss ? point.LossGradient : point.OutputGradient)))],
        References = ofLoss ? [] : [.. result.Mechanisms.Where(one => one.OutputBound is not null).Take(1).Select(one => new ReferenceLine(one.OutputBound!.Value, "softmax's bound"))],
    };

    private static BarChart Spreads(MechanismSummary[] summaries, bool atEnd) => new()
    {
        Title = atEnd ? "2b · Spread over inputs after training" : "2a · Spread over inputs before training",
        Caption = "Standard deviation over the images divided by the mean: 0 would be one scale for all.",
        CategoryName = "Norm of",
        Categories = atEnd ? ["hidden layer", "outputs", "gradient"] : ["hidden layer", "gradient"],
        Value = new Axis("Coefficient of variation"),
        Series =
        [
            .. summaries.Select(summary => Bars(summary.Activation, atEnd
                ? [summary.HiddenSpreadAtEnd, summary.OutputSpreadAtEnd, summary.GradientSpreadAtEnd]
                : [summary.HiddenSpreadAtStart, summary.GradientSpreadAtStart])),
        ],
    };

    private static LineChart Smoothness(MechanismSummary[] summaries) => new()
    {
        Title = "3 · Smoothness of the gradient along training",
        Caption = "Relative change of the gradient divided by the relative change of the weights that caused it, along the gradient, in the runs with the safe step: lower is smoother.",
        X = new Axis("Step"),
        Y = new Axis("Relative change of the gradient") { Scale = AxisScale.Logarithmic },
        Series = [.. summaries.Select(summary => Line(summary.Activation, [.. summary.Steps.Select(step => (double)step)], summary.Roughness))],
    };

    private static DataTable Table(MechanismSummary[] summaries) => new(
        "The mechanisms in numbers",
        ["Activation", "Stable step", "Output growth", "Loss growth", "Spread", "Roughness", "At its worst"],
        [.. summaries.Select(Row)])
    {
        Caption = "Stable step: 2/λ at the start. Growth: exponent of the gradient in the factor of the logits from 100 to 1000, 0 bounded, 1 linear, ∞ overflow. Spread: coefficient of variation of the gradient's norm over inputs, after training. Roughness: relative change of the gradient per relative change of the weights, median and largest along the run.",
    };

    private static Cell[] Row(MechanismSummary summary) =>
    [
        Cell.Named(DemoWords.Of(summary.Activation), Palette.Of(DemoWords.Of(summary.Activation))!.Value),
        Of(summary.StableStep),
        Of(summary.OutputGrowth),
        Of(summary.LossGrowth),
        Of(summary.GradientSpreadAtEnd),
        Of(summary.MedianRoughness),
        Of(summary.LargestRoughness),
    ];

    private static Cell Of(Estimate estimate) =>
        double.IsFinite(estimate.Value) ? Cell.Interval(estimate.Value, estimate.Low, estimate.High) : Cell.Number(estimate.Value);

    private static LineSeries Line(HiddenActivation activation, IReadOnlyList<double> x, IReadOnlyList<Estimate> y) => new(
        DemoWords.Of(activation), x, [.. y.Select(one => one.Value)])
    {
        Low = [.. y.Select(one => one.Low)],
        High = [.. y.Select(one => one.High)],
        HasPoints = x.Count <= 12,
    };

    private static BarSeries Bars(HiddenActivation activation, IReadOnlyList<Estimate> estimates) => new(
        DemoWords.Of(activation), [.. estimates.Select(one => one.Value)])
    {
        Low = [.. estimates.Select(one => one.Low)],
        High = [.. estimates.Select(one => one.High)],
    };
}
