using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="ScatterChart"/>.</summary>
internal static class ScatterDrawing
{
    public static ChartView Draw(ScatterChart chart)
    {
        var looks = new SeriesLook();
        var data = new List<Dataset>();
        var clouds = new JsonArray();
        foreach (ScatterSeries series in chart.Series)
        {
            looks.Add(series.Name, series.Color);
            data.Add(Rows(series, chart));
            clouds.Add(Cloud(series, looks, data.Count - 1));
        }

        clouds.Add(OptionJson.Carrier(chart.References.Select(OptionJson.HorizontalLine)));
        JsonObject option = OptionJson.Frame(
            OptionJson.ValueAxis(chart.X), OptionJson.ValueAxis(chart.Y, values: chart.Series.SelectMany(series => series.Y)), data, looks.Names, "item");
        option["series"] = clouds;
        var panel = new ChartPanel(option, data) { X = chart.X, Y = chart.Y, Height = OptionJson.HeightClass(chart.Height) };
        return new ChartView("Scatter chart", [panel]) { Legend = looks.Legend(LegendShape.Symbol) };
    }

    private static Dataset Rows(ScatterSeries series, ScatterChart chart)
    {
        string owner = $"The points '{series.Name}'";
        Require.SameCount(owner, "vertical places", series.Y.Count, series.X.Count);
        if (series.Labels is not null)
            Require.SameCount(owner, "labels", series.Labels.Count, series.X.Count);

        var rows = new List<object?[]>();
        for (int i = 0; i < series.X.Count; i++)
        {
            if (Has(series.X[i], chart.X) && Has(series.Y[i], chart.Y))
                rows.Add(series.Labels is null ? [series.X[i], series.Y[i]] : [series.X[i], series.Y[i], series.Labels[i]]);
        }

        return new Dataset(
            series.Name, series.Labels is null ? [chart.X.Label, chart.Y.Label] : [chart.X.Label, chart.Y.Label, "Label"], rows);
    }

    private static bool Has(double value, Axis axis) =>
        double.IsFinite(value) && (axis.Scale == AxisScale.Linear || value > 0);

    private static JsonObject Cloud(ScatterSeries series, SeriesLook looks, int dataset) => new()
    {
        ["type"] = "scatter",
        ["name"] = series.Name,
        ["datasetIndex"] = dataset,
        ["encode"] = new JsonObject { ["x"] = 0, ["y"] = 1 },
        ["symbol"] = OptionJson.Symbols[looks.Symbol(series.Name) % OptionJson.Symbols.Length],
        ["symbolSize"] = 9,
        ["color"] = OptionJson.Color(looks.Color(series.Name)),
        ["itemStyle"] = new JsonObject
        {
            ["color"] = OptionJson.Color(looks.Color(series.Name)),
            ["opacity"] = 0.75,
            ["borderColor"] = "@card",
            ["borderWidth"] = 1,
        },
    };
}
