using Kelvin.Cli.Frame;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>The page of <c>kelvin lab landscape</c>.</summary>
internal static class LandscapePage
{
    public static ReportPage Of(LandscapeResult result, TimeSpan elapsed) => new()
    {
        Title = $"Softmax against exp and ReLU on {result.Plan.Data}",
        Subtitle = "Larger steps, faster training, fewer failures, fewer confusions, fewer traps: which of these does normalisation buy?",
        Headline = LandscapeText.Headline(result),
        Facts =
        [
            new("Data", LabWords.Text($"{result.Plan.Data}, {result.Plan.Rows} examples on the unit sphere")),
            new("Networks", LabWords.Text($"{result.Plan.Hidden} units, T = 1, σ = 1, kernels matched at x = y")),
            new("Seeds", LabWords.Text($"{result.Plan.Seeds} measured, {result.Plan.SelectionSeeds} others to choose the best steps")),
            new("Time", LabWords.Text($"{elapsed.TotalSeconds:0} s")),
        ],
        Sections = [Table(result), Charts(result), Stationary(result)],
        Closing = "Made by `kelvin lab landscape`.",
    };

    private static Section Table(LandscapeResult result) => new(
        "The comparison",
        [
            new DataTable("Each activation", ["Measure", "Softmax", "exp", "ReLU"], [.. result.Measures().Select(Values)])
            {
                Caption = LabWords.Text($"With 95 % intervals over the seeds. The fixed loss is {result.Plan.TargetShare * 100:0} % of the start's."),
            },
            new DataTable("Softmax against the others, seed by seed", ["Measure", "Against exp", "", "Against ReLU", ""], [.. result.Measures().Select(Against)])
            {
                Caption = "Steps are compared by ratios, shares by differences; a verdict is given where the 95 % interval excludes equality.",
            },
        ])
    {
        Lead = "Each activation trains with full-batch gradient descent from starts with the same kernel; its best step was chosen on other seeds.",
    };

    private static IReadOnlyList<Cell> Values(LandscapeMeasure measure) =>
        [measure.Name, .. measure.Values.Select(value => Of(value, measure.IsShare))];

    private static IReadOnlyList<Cell> Against(LandscapeMeasure measure) =>
    [
        measure.Name,
        Of(measure.Against[0], measure.IsShare),
        measure.Verdict(0),
        Of(measure.Against[1], measure.IsShare),
        measure.Verdict(1),
    ];

    private static Cell Of(Estimate value, bool isShare) => double.IsNaN(value.Value)
        ? "–"
        : Cell.Interval(value.Value, value.Low, value.High, isShare ? NumberForm.Percent : NumberForm.Plain);

    private static Section Charts(LandscapeResult result) => new(
        "Seed by seed",
        [
            new BlockGrid(
            [
                Cloud(result, "Largest stable step", "In multiples of 2/λ_max at the start.", one => one.LargestStable),
                Cloud(result, "Steps to the fixed loss", "At each activation's best step.", one => one.BestSteps),
            ]),
            Pairs(result),
        ]);

    private static ScatterChart Cloud(LandscapeResult result, string title, string caption, Func<LandscapeSeed, double> value) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Seed") { Form = NumberForm.Whole },
        Y = new Axis(title) { Scale = AxisScale.Logarithmic },
        Series =
        [
            .. LabNetworks.Activations.Select(activation => new ScatterSeries(
                LabWords.Of(activation), [.. result.Of(activation).Select(one => (double)one.Seed)], [.. result.Of(activation).Select(value)])),
        ],
    };

    private static BarChart Pairs(LandscapeResult result) => new()
    {
        Title = "Confusable pairs",
        Caption = "Share of the two classes' test examples for which the right one of the two has the larger output.",
        CategoryName = "Pair",
        Categories = result.PairNames,
        Value = new Axis("Accuracy") { Form = NumberForm.Percent, Max = 1 },
        Series =
        [
            .. LabNetworks.Activations.Select(activation =>
            {
                Estimate[] values = [.. result.PairNames.Select((_, i) => Estimate.Mean(result.Of(activation).Select(one => one.PairAccuracies[i])))];
                return new BarSeries(LabWords.Of(activation), [.. values.Select(one => one.Value)])
                {
                    Low = [.. values.Select(one => one.Low)],
                    High = [.. values.Select(one => Math.Min(1, one.High))],
                };
            }),
        ],
    };

    private static Section Stationary(LandscapeResult result) => new(
        "Getting stuck",
        [
            new DataTable(
                "Ends of long runs, by width",
                ["Units", "Activation", "Poor stationary points", "Loss left"],
                [
                    .. from hidden in result.Plan.StuckWidths
                       from activation in LabNetworks.Activations
                       select (IReadOnlyList<Cell>)
                       [
                           Cell.Number(hidden, NumberForm.Whole),
                           Cell.Named(LabWords.Of(activation), Palette.Of(LabWords.Of(activation))!.Value),
                           Of(result.PoorShare(activation, hidden), isShare: true),
                           Of(result.FinalLoss(activation, hidden), isShare: true),
                       ],
                ])
            {
                Caption = "Poor: at rest (less than 1 % of the loss gained in the last third of the steps) with more than twice the loss of the best run of that width.",
            },
            HardTable(result),
            new LineChart
            {
                Title = "Between two solutions",
                Caption = "The loss on the straight line between networks trained from different starts, as a share of the start's loss. A hump is a barrier.",
                X = new Axis("Place on the line") { Min = 0, Max = 1 },
                Y = new Axis("Loss as a share of the start's"),
                Series = [.. result.Barriers.Select(pair => Line(pair))],
            },
        ])
    {
        Lead = "Where long runs with a safe step end, and what lies between their ends.",
    };

    private static DataTable HardTable(LandscapeResult result) => new(
        "Narrow and saturated networks on one confusable pair",
        ["Network", "Activation", "Poor stationary points", "Loss left", "Accuracy on the pairs", "Barrier"],
        [
            .. HardRow.Of(result.Hard).Select(row => (IReadOnlyList<Cell>)
            [
                row.Setting,
                Cell.Named(LabWords.Of(row.Activation), Palette.Of(LabWords.Of(row.Activation))!.Value),
                Of(row.Poor, isShare: true),
                Of(row.Loss, isShare: true),
                Of(row.PairAccuracy, isShare: true),
                Of(row.Barrier, isShare: true),
            ]),
        ])
    {
        Caption = LabWords.Text($"Standard parametrisation, everything trained, up to {result.Plan.HardRows} examples of two classes, {result.Plan.HardSeeds} seeds, {result.Plan.HardSteps} steps of half of 2/λ_max, measured anew every 50. Poor: at rest with more than a tenth of the loss and twice the best. Loss and barrier as shares of the loss of outputs 0."),
    };

    private static LineSeries Line(BarrierPair pair) => new(
        LabWords.Of(pair.Activation), [.. pair.Losses.Select((_, i) => (double)i / (pair.Losses.Count - 1))], pair.Losses);
}
