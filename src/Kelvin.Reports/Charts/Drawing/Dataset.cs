using System.Globalization;
using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>A table of drawn values: the source of the drawing, of the page's data table and of the CSV.</summary>
/// <param name="Name">What the rows are: a series' name.</param>
/// <param name="Dimensions">Names of the columns, units included.</param>
/// <param name="Rows">Each value is a double, a string or null; non-finite numbers become null.</param>
internal sealed record Dataset(string Name, IReadOnlyList<string> Dimensions, IReadOnlyList<object?[]> Rows)
{
    private const int Digits = 9;

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["dimensions"] = new JsonArray([.. Dimensions.Select(d => JsonValue.Create(d))]),
        ["sourceHeader"] = false,
        ["source"] = new JsonArray([.. Rows.Select(row => new JsonArray([.. row.Select(Node)]))]),
    };

    /// <summary>The value as JSON: numbers in nine significant digits, null for what is not finite.</summary>
    public static JsonNode? Node(object? value) => value switch
    {
        double number when double.IsFinite(number) => JsonValue.Create(Rounded(number)),
        string text => JsonValue.Create(text),
        _ => null,
    };

    private static double Rounded(double number) => double.Parse(
        number.ToString("E" + (Digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);
}
