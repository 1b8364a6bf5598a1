using System.Globalization;
using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="HistogramChart"/>: a rectangle a bin, over a true axis of values.</summary>
internal static class HistogramDrawing
{
    public static ChartView Draw(HistogramChart chart)
    {
        var looks = new SeriesLook();
        foreach (HistogramSeries series in chart.Series)
            looks.Add(series.Name, series.Color);

        ChartPanel panel = Panel(chart.X, chart.Y, chart.Series, looks, OptionJson.HeightClass(chart.Height));
        return new ChartView("Histogram", [panel]) { Legend = looks.Legend(LegendShape.Box) };
    }

    public static ChartPanel Panel(Axis x, Axis y, IReadOnlyList<HistogramSeries> all, SeriesLook looks, string height)
    {
        Dataset[] data = [.. all.Select(series => Rows(series, x, y))];
        JsonObject option = OptionJson.Frame(
            OptionJson.ValueAxis(x), OptionJson.ValueAxis(y, fromZero: y.Scale == AxisScale.Linear), data, looks.Names, "item");
        option["series"] = new JsonArray([.. all.Select((series, i) => Bins(series, looks, i, all.Count))]);
        return new ChartPanel(option, data) { X = x, Y = y, Height = height };
    }

    private static Dataset Rows(HistogramSeries series, Axis x, Axis y)
    {
        int edges = series.Counts.Count == 0 && series.Edges.Count == 0 ? 0 : series.Counts.Count + 1;
        Require.SameCount($"The histogram '{series.Name}'", "edges", series.Edges.Count, edges);
        return new Dataset(
            series.Name,
            [x.Label + ", from", x.Label + ", to", y.Label],
            [.. series.Counts.Select((count, i) => new object?[] { series.Edges[i], series.Edges[i + 1], count })]);
    }

    private static JsonObject Bins(HistogramSeries series, SeriesLook looks, int index, int of) => new()
    {
        ["type"] = "custom",
        ["name"] = series.Name,
        ["datasetIndex"] = index,
        ["encode"] = new JsonObject { ["x"] = OptionJson.Array(0, 1), ["y"] = 2 },
        ["renderItem"] = string.Create(CultureInfo.InvariantCulture, $"@bin:{index}:{of}"),
        ["color"] = OptionJson.Color(looks.Color(series.Name)),
        ["itemStyle"] = new JsonObject { ["color"] = OptionJson.Color(looks.Color(series.Name)) },
    };
}
