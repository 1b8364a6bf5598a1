using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>The page of <c>kelvin lab stability</c>.</summary>
internal static class StabilityPage
{
    public static ReportPage Of(StabilityResult result, TimeSpan elapsed) => new()
    {
        Title = $"Stability of {LabWords.Of(result.Plan.Activation)} networks on {result.Plan.Data}",
        Subtitle = "How large may a step of gradient descent be, at which temperature and width, and does the curvature at the start say so?",
        Headline = StabilityText.Headline(result),
        Facts =
        [
            new("Data", LabWords.Text($"{result.Plan.Data}, {result.Plan.Rows} examples on the unit sphere")),
            new("Training", LabWords.Text($"gradient descent over all of them, at most {result.Plan.MaxSteps} steps, squared loss")),
            new("Runs", LabWords.Text($"{result.Columns.Sum(column => column.Cells.Count)} cells, {result.Columns.Sum(column => column.Bisected.Sum(one => one.Runs))} runs of bisection")),
            new("Seed", LabWords.Text($"{result.Plan.Seed}")),
            new("Time", LabWords.Text($"{elapsed.TotalSeconds:0} s")),
        ],
        Sections = [Map(result), Frontier(result), SharpnessSection.Of(result), MechanismSection.Of(result)],
        Closing = "Made by `kelvin lab stability`.",
    };

    private static Section Map(StabilityResult result) => new(
        "The map",
        [.. result.Plan.Widths.Select(hidden => Heatmap(result, hidden))])
    {
        Lead = "Each cell is a network trained by gradient descent with one step. 4 fits; 3 falls steadily but has not arrived; 2 wanders without fitting; 1 is dead (one-hot rows or no gradient); 0 diverges.",
    };

    private static HeatmapChart Heatmap(StabilityResult result, int hidden) => new()
    {
        Title = LabWords.Text($"{hidden} hidden units"),
        Caption = "Rows are temperatures, columns are steps in multiples of 2/λ_max at the start of each row.",
        ColumnName = "Step × λ_max/2",
        Columns = [.. result.Plan.Multiples.Select(LabWords.Number)],
        RowName = "Temperature",
        Rows = [.. result.Plan.Temperatures.Select(LabWords.Number)],
        Value = new Axis("Outcome") { Min = 0, Max = 4 },
        Values = [.. result.Plan.Temperatures.Select(temperature => (IReadOnlyList<double>)[.. result.At(temperature, hidden).Cells.Select(cell => StabilityWords.Level(cell.Outcome))])],
    };

    private static Section Frontier(StabilityResult result) => new(
        "The frontier",
        [Chart(result), Table(result)])
    {
        Lead = "The largest stable step, found twice: as the last stable cell of the map and by bisection over seeds.",
    };

    private static LineChart Chart(StabilityResult result) => new()
    {
        Title = "Largest stable step by temperature",
        Caption = "Bisected over seeds, with 95 % bands. At 1 the curvature at the start would tell the whole story.",
        X = new Axis("Temperature") { Scale = AxisScale.Logarithmic },
        Y = new Axis("Largest stable step × λ_max/2") { Scale = AxisScale.Logarithmic },
        Series = [.. result.Plan.Widths.Select((hidden, i) => Line(result, hidden, i))],
        References = [new ReferenceLine(1, "2/λ_max")],
    };

    private static LineSeries Line(StabilityResult result, int hidden, int index)
    {
        StabilityColumn[] columns = [.. result.Plan.Temperatures.Select(temperature => result.At(temperature, hidden))];
        return new LineSeries(
            LabWords.Text($"{hidden} units"), [.. columns.Select(column => column.Temperature)], [.. columns.Select(column => column.LargestStable.Value)])
        {
            Color = Palette.Series(index),
            Low = [.. columns.Select(column => column.LargestStable.Low)],
            High = [.. columns.Select(column => column.LargestStable.High)],
            HasPoints = true,
        };
    }

    private static DataTable Table(StabilityResult result) => new(
        "Map and bisection",
        ["Temperature", "Units", "2/λ_max", "Target", "Map", "Bisected", "Cells apart"],
        [
            .. result.Columns.Select(column => (IReadOnlyList<Cell>)
            [
                Cell.Number(column.Temperature),
                Cell.Number(column.Hidden, NumberForm.Whole),
                Cell.Number(column.CurvatureStep),
                Cell.Percent(column.TargetShare),
                double.IsNaN(column.Frontier) ? "–" : Cell.Number(column.Frontier),
                double.IsNaN(column.LargestStable.Value) ? "–" : Cell.Interval(column.LargestStable.Value, column.LargestStable.Low, column.LargestStable.High),
                double.IsNaN(column.CellsApart) ? "–" : Cell.Number(column.CellsApart),
            ]),
        ])
    {
        Caption = "Target: the share of the start's loss that a step had to reach, set by what a quarter of 2/λ_max reaches. 0 cells apart: the bisected step lies between the last stable and the first unstable cell.",
    };
}
