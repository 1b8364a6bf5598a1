using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>The page of <c>kelvin lab tune</c>.</summary>
internal static class TunePage
{
    public static ReportPage Of(TuneResult result, TimeSpan elapsed) => new()
    {
        Title = result.IsBenchmark ? "Tuning from the kernel against a grid search" : $"A step, a temperature and a width for {result.First.Data}",
        Subtitle = "How far do the curvature at the start and short probes take a search, and what does it cost?",
        Headline = TuneText.Headline(result),
        Facts =
        [
            new("Data", string.Join(", ", result.DataSets)),
            new("Grid", LabWords.Text($"{result.Plan.LearningRates.Count} steps × {result.Plan.Temperatures.Count} temperatures × {result.Plan.Widths.Count} widths, {result.Plan.Epochs} epochs each")),
            new("Time", LabWords.Text($"{elapsed.TotalSeconds:0} s")),
        ],
        Sections = [Search(result), .. result.IsBenchmark ? [] : Configuration(result)],
        Closing = result.Note.Length > 0 ? result.Note : "Made by `kelvin lab tune`.",
    };

    private static Section Search(TuneResult result) => new(
        "The search",
        [.. result.DataSets.Select(data => Chart(result, data)), Table(result)])
    {
        Lead = "The best validation loss of a whole run, by the compute spent until then. The tuner's line begins where its probes are paid for. Losses below 0.001 nat are drawn there.",
    };

    private static LineChart Chart(TuneResult result, string data)
    {
        TuneOutcome[] outcomes = [.. result.Outcomes.Where(one => one.Data == data)];
        return new LineChart
        {
            Title = data,
            Caption = outcomes.Length > 1 ? "The first seed strong, the others pale." : "Best validation loss so far.",
            X = new Axis("Compute as a share of the grid's") { Form = NumberForm.Percent, Min = 0 },
            Y = new Axis("Validation loss", "nat") { Scale = AxisScale.Logarithmic },
            Series =
            [
                .. outcomes.Reverse().SelectMany(one => new[]
                {
                    Line("grid search", one.Grid, one.GridCost, Palette.Muted, !ReferenceEquals(one, outcomes[0])),
                    Line("tuner", one.Tuned, one.GridCost, Palette.Softmax, !ReferenceEquals(one, outcomes[0])),
                }).OfType<LineSeries>(),
            ],
        };
    }

    private static LineSeries? Line(string name, TuneTrace? trace, double whole, ChartColor color, bool isFaint) => trace is null
        ? null
        : new LineSeries(name, [.. trace.Spent.Select(spent => spent / whole)], [.. trace.BestSoFar.Select(loss => Math.Max(TuneOutcome.Floor, loss))]) { Color = color, IsFaint = isFaint };

    private static DataTable Table(TuneResult result) => new(
        "Every search",
        ["Data", "Seed", "Found", "Loss", "Grid's loss", "Ratio", "Compute", "To within 2 %"],
        [
            .. result.Outcomes.Select(one => (IReadOnlyList<Cell>)
            [
                one.Data,
                Cell.Number(one.Seed, NumberForm.Whole),
                one.Tuned.Best.ToString(),
                Cell.Number(one.Tuned.Loss),
                one.Grid is null ? "–" : Cell.Number(one.Grid.Loss),
                double.IsNaN(one.LossRatio) ? "–" : Cell.Number(one.LossRatio),
                Cell.Percent(one.CostShare),
                double.IsFinite(one.ShareToReach) ? Cell.Percent(one.ShareToReach) : one.Grid is null ? "–" : "never",
            ]),
        ])
    {
        Caption = "Compute: arithmetic of the matrix products as a share of the grid's, curvature and probes included.",
    };

    private static Section[] Configuration(TuneResult result) =>
    [
        new Section("Use it", [new CommandLine(TuneText.Configuration(result.First, result.Plan.WeightDecay)) { Caption = "Lines for the YAML file of `kelvin train`." }]),
    ];
}
