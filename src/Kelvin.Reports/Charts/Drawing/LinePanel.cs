using System.Globalization;
using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Builds one surface of lines; used by the line chart and by small multiples.</summary>
internal static class LinePanel
{
    public static ChartPanel Build(
        Axis x, Axis y, IReadOnlyList<LineSeries> series, SeriesLook looks, IEnumerable<JsonObject> lines, string height)
    {
        var drawn = new JsonArray();
        var data = new List<Dataset>(series.Count);
        foreach (LineSeries line in series)
        {
            data.Add(Rows(line, x, y));
            if (line.Low is not null)
                drawn.Add(Band(line, looks, data.Count - 1));
            drawn.Add(Line(line, looks, data.Count - 1));
            if (looks.Names.Count > 1 && !line.HasPoints && !line.IsFaint)
                drawn.Add(LineSigns.Draw(line.Name, data[^1].Rows, looks, data.Count - 1));
        }

        JsonObject[] marked = [.. lines];
        drawn.Add(OptionJson.Carrier(marked));
        JsonObject option = OptionJson.Frame(OptionJson.ValueAxis(x), OptionJson.ValueAxis(y, values: series.SelectMany(Drawn)), data, looks.Names, "axis");
        option["series"] = drawn;
        if (marked.Any(line => line.ContainsKey("xAxis")))
            option["grid"]!["top"] = 26;
        return new ChartPanel(option, data) { X = x, Y = y, Height = height };
    }

    /// <summary>What is left out of the drawing, in plain sentences.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<LineSeries> series, Axis y)
    {
        int longest = series.Count == 0 ? 0 : series.Max(s => s.Y.Count);
        if (longest > Downsampling.Limit)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Lines of up to {longest} points are thinned to {Downsampling.Limit}; the smallest and largest values stay.");
        }

        int gaps = series.Sum(s => s.Y.Count(value => !double.IsFinite(value)));
        if (gaps > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"Not finite and left as gaps: {gaps} {(gaps == 1 ? "value" : "values")}.");

        int hidden = y.Scale == AxisScale.Logarithmic ? series.Sum(s => s.Y.Count(value => value <= 0)) : 0;
        if (hidden > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"Not on the logarithmic axis: {hidden} {(hidden == 1 ? "value" : "values")} ≤ 0.");
    }

    private static IEnumerable<double> Drawn(LineSeries line) => line.Y.Concat(line.Low ?? []).Concat(line.High ?? []);

    private static Dataset Rows(LineSeries line, Axis x, Axis y)
    {
        Require.SameCount($"The line '{line.Name}'", "values", line.Y.Count, line.X.Count);
        bool hasBand = line.Low is not null || line.High is not null;
        if (hasBand)
        {
            Require.SameCount($"The line '{line.Name}'", "lower edges", line.Low?.Count ?? 0, line.X.Count);
            Require.SameCount($"The line '{line.Name}'", "upper edges", line.High?.Count ?? 0, line.X.Count);
        }

        int[] kept = Downsampling.Choose(line.Y, line.Low, line.High);
        string[] names = hasBand ? [x.Label, y.Label, y.Label + ", low", y.Label + ", high"] : [x.Label, y.Label];
        return new Dataset(line.Name, names, [.. kept.Select(i => Row(line, i, x, y))]);
    }

    private static object?[] Row(LineSeries line, int i, Axis x, Axis y) => line.Low is null
        ? [Place(line.X[i], x), Place(line.Y[i], y)]
        : [Place(line.X[i], x), Place(line.Y[i], y), Place(line.Low[i], y), Place(line.High![i], y)];

    private static double Place(double value, Axis axis) =>
        axis.Scale == AxisScale.Logarithmic && value <= 0 ? double.NaN : value;

    private static JsonObject Line(LineSeries line, SeriesLook looks, int dataset)
    {
        string color = OptionJson.Color(looks.Color(line.Name));
        return new JsonObject
        {
            ["type"] = "line",
            ["name"] = line.Name,
            ["datasetIndex"] = dataset,
            ["encode"] = new JsonObject { ["x"] = 0, ["y"] = 1 },
            ["showSymbol"] = line.HasPoints,
            ["symbol"] = OptionJson.Symbols[looks.Symbol(line.Name) % OptionJson.Symbols.Length],
            ["symbolSize"] = 7,
            ["color"] = color,
            ["lineStyle"] = new JsonObject
            {
                ["color"] = color,
                ["width"] = line.IsFaint ? 1 : line.Y.Count > 300 ? 1.5 : 2,
                ["opacity"] = line.IsFaint ? 0.35 : 1,
                ["type"] = OptionJson.Dash(looks.Dash(line.Name)),
            },
            ["itemStyle"] = new JsonObject { ["color"] = color },
            ["emphasis"] = new JsonObject { ["disabled"] = true },
        };
    }

    private static JsonObject Band(LineSeries line, SeriesLook looks, int dataset) => new()
    {
        ["type"] = "custom",
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"band-{dataset}"),
        ["name"] = line.Name,
        ["datasetIndex"] = dataset,
        ["encode"] = new JsonObject { ["x"] = 0, ["y"] = OptionJson.Array(2, 3) },
        ["renderItem"] = "@band",
        ["silent"] = true,
        ["color"] = OptionJson.Color(looks.Color(line.Name)),
        ["itemStyle"] = new JsonObject { ["color"] = OptionJson.Color(looks.Color(line.Name)), ["opacity"] = 0.16 },
        ["clip"] = true,
        ["z"] = 1,
    };
}
