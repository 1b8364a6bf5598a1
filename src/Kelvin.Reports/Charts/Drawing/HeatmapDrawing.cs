using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Draws a <see cref="HeatmapChart"/>.</summary>
internal static class HeatmapDrawing
{
    private const int Shades = 6;

    public static ChartView Draw(HeatmapChart chart)
    {
        Dataset data = Rows(chart);
        double[] finite = [.. chart.Values.SelectMany(row => row).Where(double.IsFinite)];
        double low = chart.Value.Min ?? (finite.Length == 0 ? 0 : finite.Min());
        double high = chart.Value.Max ?? (finite.Length == 0 ? 1 : finite.Max());
        JsonObject option = OptionJson.Frame(
            OptionJson.CategoryAxis(chart.Columns), OptionJson.CategoryAxis(chart.Rows, isInverse: true), [data], [], "item");
        option["grid"]!["top"] = 44;
        option["xAxis"]!["axisLabel"]!["interval"] = "auto";
        option["visualMap"] = Scale(chart.Value, low, high > low ? high : low + 1);
        option["series"] = new JsonArray(Shade(chart));
        var panel = new ChartPanel(option, [data])
        {
            X = new Axis(chart.ColumnName) { IsCategorical = true },
            Y = new Axis(chart.RowName) { IsCategorical = true },
            Height = OptionJson.HeightClass(chart.Height),
        };
        string from = ReportNumber.Format(low, chart.Value.Form);
        string to = ReportNumber.Format(high, chart.Value.Form);
        return new ChartView("Heat map", [panel]) { Notes = [$"The shades mean: {chart.Value.Label}, from {from} to {to}. An empty place has no value."] };
    }

    private static Dataset Rows(HeatmapChart chart)
    {
        Require.SameCount($"The heat map '{chart.Title}'", "lists of values", chart.Values.Count, chart.Rows.Count);
        var rows = new List<object?[]>();
        for (int r = 0; r < chart.Rows.Count; r++)
        {
            Require.SameCount($"Row '{chart.Rows[r]}'", "values", chart.Values[r].Count, chart.Columns.Count);
            for (int c = 0; c < chart.Columns.Count; c++)
                rows.Add([chart.Columns[c], chart.Rows[r], chart.Values[r][c]]);
        }

        return new Dataset(chart.Value.Name, [chart.ColumnName, chart.RowName, chart.Value.Label], rows);
    }

    private static JsonObject Scale(Axis value, double low, double high) => new()
    {
        ["type"] = "continuous",
        ["min"] = Dataset.Node(low),
        ["max"] = Dataset.Node(high),
        ["dimension"] = 2,
        ["calculable"] = false,
        ["hoverLink"] = false,
        ["orient"] = "horizontal",
        ["right"] = 12,
        ["top"] = 4,
        ["itemWidth"] = 12,
        ["itemHeight"] = 180,
        ["text"] = OptionJson.Array([ReportNumber.Format(high, value.Form), ReportNumber.Format(low, value.Form)]),
        ["inRange"] = new JsonObject { ["color"] = OptionJson.Array(Enumerable.Range(0, Shades).Select(i => $"@shade-{i}")) },
    };

    private static JsonObject Shade(HeatmapChart chart) => new()
    {
        ["type"] = "heatmap",
        ["name"] = chart.Value.Name,
        ["datasetIndex"] = 0,
        ["encode"] = new JsonObject { ["x"] = 0, ["y"] = 1, ["value"] = 2 },
        ["itemStyle"] = new JsonObject { ["borderColor"] = "@card", ["borderWidth"] = 1, ["borderRadius"] = 2 },
        ["emphasis"] = new JsonObject { ["itemStyle"] = new JsonObject { ["borderColor"] = "@ink", ["borderWidth"] = 2 } },
    };
}
