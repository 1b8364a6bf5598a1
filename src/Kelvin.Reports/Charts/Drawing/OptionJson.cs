using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>The parts that the options of all charts share. Colours are names of the style sheet, marked by '@'.</summary>
internal static class OptionJson
{
    public static readonly string[] Symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow", "emptyCircle"];

    /// <summary>An option with datasets, axes and a legend that exists only to be switched from outside.</summary>
    public static JsonObject Frame(JsonObject x, JsonObject y, IReadOnlyList<Dataset> data, IEnumerable<string> names, string trigger) => new()
    {
        ["grid"] = new JsonObject { ["left"] = 4, ["right"] = 20, ["top"] = 12, ["bottom"] = 4, ["containLabel"] = true },
        ["legend"] = new JsonObject { ["show"] = false, ["data"] = Array(names) },
        ["tooltip"] = new JsonObject { ["trigger"] = trigger, ["confine"] = true, ["formatter"] = "@tooltip" },
        ["xAxis"] = x,
        ["yAxis"] = y,
        ["dataset"] = new JsonArray([.. data.Select(d => d.ToJson())]),
    };

    /// <summary>An axis of numbers. Where a logarithmic one spans less than a decade, its ticks are powers of two: those of ten would be its ends.</summary>
    public static JsonObject ValueAxis(Axis axis, bool fromZero = false, IEnumerable<double>? values = null)
    {
        bool isLog = axis.Scale == AxisScale.Logarithmic;
        var option = new JsonObject
        {
            ["type"] = isLog ? "log" : "value",
            ["scale"] = !fromZero,
            ["min"] = Dataset.Node(axis.Min),
            ["max"] = Dataset.Node(axis.Max),
            ["splitNumber"] = 5,
            ["axisLabel"] = new JsonObject
            {
                ["formatter"] = axis.Form == NumberForm.Percent ? "@percent" : isLog ? "@power" : "@number",
                ["hideOverlap"] = true,
            },
        };
        if (isLog && axis is { Min: null, Max: null } && IsNarrow(values ?? []))
            option["logBase"] = 2;
        if (!isLog && axis.Form == NumberForm.Whole)
            option["minInterval"] = 1;
        return option;
    }

    private static bool IsNarrow(IEnumerable<double> values)
    {
        double[] drawn = [.. values.Where(value => double.IsFinite(value) && value > 0)];
        return drawn.Length > 0 && drawn.Max() < 10 * drawn.Min();
    }

    public static JsonObject CategoryAxis(IEnumerable<string> categories, bool isInverse = false) => new()
    {
        ["type"] = "category",
        ["data"] = Array(categories),
        ["inverse"] = isInverse,
        ["axisTick"] = new JsonObject { ["show"] = false },
        ["axisLabel"] = new JsonObject { ["interval"] = 0, ["hideOverlap"] = true },
    };

    public static string Color(ChartColor color) => "@" + color.Token;

    public static JsonNode Dash(LineDash dash) => dash switch
    {
        LineDash.Dashed => Array(9, 5),
        LineDash.Dotted => Array(2, 4),
        LineDash.DashDotted => Array(9, 4, 2, 4),
        _ => "solid",
    };

    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    public static JsonArray Array(params ReadOnlySpan<int> numbers)
    {
        var array = new JsonArray();
        foreach (int number in numbers)
            array.Add(number);
        return array;
    }

    /// <summary>Numbered vertical lines.</summary>
    public static JsonObject MarkerLine(int number, ChartMarker marker) => new()
    {
        ["name"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["xAxis"] = Dataset.Node(marker.X),
        ["lineStyle"] = new JsonObject { ["color"] = "@" + MarkerColor(marker.Severity), ["type"] = Array(4, 3), ["width"] = 1.5 },
        ["label"] = new JsonObject
        {
            ["formatter"] = "{b}",
            ["position"] = "end",
            ["distance"] = 2,
            ["color"] = "@card",
            ["backgroundColor"] = "@" + MarkerColor(marker.Severity),
            ["borderRadius"] = 9,
            ["padding"] = Array(3, 6),
            ["fontWeight"] = 700,
            ["fontSize"] = 11,
        },
    };

    /// <summary>A labelled horizontal line.</summary>
    public static JsonObject HorizontalLine(ReferenceLine line) => new()
    {
        ["name"] = line.Label,
        ["yAxis"] = Dataset.Node(line.Y),
        ["lineStyle"] = new JsonObject { ["color"] = "@muted", ["type"] = Array(2, 3), ["width"] = 1.5 },
        ["label"] = new JsonObject { ["formatter"] = "{b}", ["position"] = "insideEndTop", ["color"] = "@ink-soft", ["fontSize"] = 12 },
    };

    /// <summary>A series without data that carries the marked lines.</summary>
    public static JsonObject Carrier(IEnumerable<JsonObject> lines) => new()
    {
        ["type"] = "line",
        ["data"] = new JsonArray(),
        ["silent"] = true,
        ["markLine"] = new JsonObject
        {
            ["silent"] = true,
            ["animation"] = false,
            ["symbol"] = "none",
            ["data"] = new JsonArray([.. lines]),
        },
    };

    public static string HeightClass(ChartHeight height) => height switch
    {
        ChartHeight.Small => "small",
        ChartHeight.Large => "large",
        _ => "medium",
    };

    public static string MarkerColor(Severity severity) => severity switch
    {
        Severity.Critical => "bad",
        Severity.Warning => "warning",
        _ => "accent",
    };
}
