using System.Globalization;
using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="BarChart"/>.</summary>
internal static class BarDrawing
{
    public static ChartView Draw(BarChart chart)
    {
        var looks = new SeriesLook();
        var data = new List<Dataset>();
        var bars = new JsonArray();
        foreach (BarSeries series in chart.Series)
        {
            looks.Add(series.Name, series.Color);
            data.Add(Rows(series, chart));
            bars.Add(Bar(series, chart, looks, data.Count - 1));
        }

        for (int i = 0; i < chart.Series.Count; i++)
        {
            if (chart.Series[i].Low is not null)
                bars.Add(Whisker(chart, i));
        }

        JsonObject categories = OptionJson.CategoryAxis(chart.Categories, chart.IsHorizontal);
        JsonObject values = OptionJson.ValueAxis(chart.Value, fromZero: chart.Value.Min is null);
        JsonObject option = OptionJson.Frame(
            chart.IsHorizontal ? values : categories, chart.IsHorizontal ? categories : values, data, looks.Names, "axis");
        option["tooltip"]!["axisPointer"] = new JsonObject { ["type"] = "shadow" };
        option["series"] = bars;
        var category = new Axis(chart.CategoryName) { IsCategorical = true };
        var panel = new ChartPanel(option, data)
        {
            X = chart.IsHorizontal ? chart.Value : category,
            Y = chart.IsHorizontal ? category : chart.Value,
            Height = OptionJson.HeightClass(chart.Height),
        };
        return new ChartView("Bar chart", [panel]) { Legend = looks.Legend(LegendShape.Box) };
    }

    private static Dataset Rows(BarSeries series, BarChart chart)
    {
        int count = chart.Categories.Count;
        string owner = $"The bar series '{series.Name}'";
        bool hasBars = series.Low is not null || series.High is not null;
        Require.SameCount(owner, "values", series.Values.Count, count);
        if (hasBars)
        {
            Require.SameCount(owner, "lower ends", series.Low?.Count ?? 0, count);
            Require.SameCount(owner, "upper ends", series.High?.Count ?? 0, count);
        }

        string name = chart.Value.Label;
        return new Dataset(
            series.Name,
            hasBars ? [chart.CategoryName, name, name + ", low", name + ", high"] : [chart.CategoryName, name],
            [.. Enumerable.Range(0, count).Select(i => (object?[])(hasBars
                ? [chart.Categories[i], series.Values[i], series.Low![i], series.High![i]]
                : [chart.Categories[i], series.Values[i]]))]);
    }

    private static JsonObject Bar(BarSeries series, BarChart chart, SeriesLook looks, int dataset)
    {
        string color = OptionJson.Color(looks.Color(series.Name));
        return new JsonObject
        {
            ["type"] = "bar",
            ["name"] = series.Name,
            ["datasetIndex"] = dataset,
            ["encode"] = Encode(chart, 1),
            ["color"] = color,
            ["barMaxWidth"] = 48,
            ["barGap"] = "12%",
            ["barCategoryGap"] = "36%",
            ["itemStyle"] = new JsonObject
            {
                ["color"] = color,
                ["borderRadius"] = chart.IsHorizontal ? OptionJson.Array(0, 4, 4, 0) : OptionJson.Array(4, 4, 0, 0),
            },
            ["emphasis"] = new JsonObject { ["disabled"] = true },
        };
    }

    private static JsonObject Whisker(BarChart chart, int index) => new()
    {
        ["type"] = "custom",
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"whisker-{index}"),
        ["name"] = chart.Series[index].Name,
        ["datasetIndex"] = index,
        ["encode"] = Encode(chart, 2, 3),
        ["renderItem"] = string.Create(
            CultureInfo.InvariantCulture, $"@whisker:{index}:{chart.Series.Count}:{(chart.IsHorizontal ? "h" : "v")}"),
        ["silent"] = true,
        ["color"] = "@ink",
        ["itemStyle"] = new JsonObject { ["color"] = "@ink" },
        ["z"] = 5,
    };

    private static JsonObject Encode(BarChart chart, params ReadOnlySpan<int> values) => chart.IsHorizontal
        ? new JsonObject { ["x"] = OptionJson.Array(values), ["y"] = 0 }
        : new JsonObject { ["x"] = 0, ["y"] = OptionJson.Array(values) };
}
