using System.Text.Encodings.Web;
using System.Text.Json;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Tests.Charts;

/// <summary>The options that charts become, as golden files: a change in them is a change in what readers see.</summary>
public class ChartOptionTests
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly double[] Three = [0, 1, 2];

    [Fact]
    public void A_line_chart_with_band_marker_and_reference() => Matches("line", new LineChart
    {
        Title = "Loss",
        Caption = "It falls.",
        X = new Axis("Step"),
        Y = new Axis("Loss", "nat") { Scale = AxisScale.Logarithmic },
        Series =
        [
            new("softmax", Three, [2.302585092994, 1, 0.5]) { Low = [2, 0.9, 0.4], High = [2.5, 1.1, 0.6] },
            new("other", Three, [3, double.NaN, double.PositiveInfinity]) { IsFaint = true },
        ],
        Markers = [new(1, "here", Severity.Critical)],
        References = [new(0.7, "goal")],
    });

    [Fact]
    public void A_bar_chart_with_error_bars() => Matches("bar", new BarChart
    {
        Title = "Gain",
        Caption = "It grows.",
        CategoryName = "Scale",
        Categories = ["1", "10"],
        Value = new Axis("Gain"),
        Series = [new("relu", [1, 2]) { Low = [0.5, 1.5], High = [1.5, 2.5] }],
    });

    [Fact]
    public void A_reliability_chart() => Matches("reliability", new ReliabilityChart
    {
        Title = "Reliability",
        Caption = "It agrees.",
        Series = [new("before", [new(0, 0.5, 0, double.NaN, double.NaN), new(0.5, 1, 12, 0.8, 0.6)])],
    });

    [Fact]
    public void A_histogram() => Matches("histogram", new HistogramChart
    {
        Title = "Entropy",
        Caption = "It is low.",
        X = new Axis("Entropy", "nat"),
        Series = [HistogramSeries.Of("rows", [0, 0.1, 0.9, 1, double.NaN], 2)],
    });

    [Fact]
    public void A_scatter_chart() => Matches("scatter", new ScatterChart
    {
        Title = "Sharpness",
        Caption = "It falls.",
        X = new Axis("Learning rate") { Scale = AxisScale.Logarithmic },
        Y = new Axis("Sharpness"),
        Series = [new("gelu", [0.1, 0, 1], [20, 10, 2]) { Labels = ["a", "b", "c"] }],
    });

    [Fact]
    public void A_heat_map() => Matches("heatmap", new HeatmapChart
    {
        Title = "Entropy",
        Caption = "One is low.",
        ColumnName = "Head",
        Columns = ["0", "1"],
        RowName = "Layer",
        Rows = ["0"],
        Value = new Axis("Normalised entropy"),
        Values = [[0.25, double.NaN]],
    });

    [Fact]
    public void Small_multiples_share_their_axes() => Matches("multiples", new SmallMultiples
    {
        Title = "Runs",
        Caption = "All fall.",
        X = new Axis("Step"),
        Y = new Axis("Loss", "nat"),
        Panels = [new("Seed 1", [new("exp", Three, [3, 2, 1])]), new("Seed 2", [new("exp", Three, [9, 8, 7])])],
    });

    private static void Matches(string name, Chart chart) => Golden.Matches(
        string.Join("\n", chart.Draw().Panels.Select(panel => panel.Option.ToJsonString(Indented))) + "\n", "option-" + name);
}
