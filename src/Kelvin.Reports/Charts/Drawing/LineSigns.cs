using System.Globalization;
using System.Text.Json.Nodes;

namespace Kelvin.Reports.Charts;

/// <summary>Puts a line's sign on it now and then, so that lines are told apart without their colours.</summary>
internal static class LineSigns
{
    private const int Most = 7;

    /// <summary>A series of a few points of the line. Lines carry their signs at different places, so that none hides another.</summary>
    public static JsonObject Draw(string name, IReadOnlyList<object?[]> rows, SeriesLook looks, int dataset)
    {
        object?[][] drawable = [.. rows.Where(row => row[0] is double x && row[1] is double y && double.IsFinite(x) && double.IsFinite(y))];
        int signs = Math.Min(Most, drawable.Length);
        var points = new JsonArray();
        for (int i = 0; i < signs; i++)
        {
            double share = (i + ((looks.Symbol(name) % 4) + 0.5) / 4) / signs;
            object?[] row = drawable[Math.Min((int)(share * drawable.Length), drawable.Length - 1)];
            points.Add(new JsonArray(Dataset.Node(row[0]), Dataset.Node(row[1])));
        }

        string color = OptionJson.Color(looks.Color(name));
        return new JsonObject
        {
            ["type"] = "scatter",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"sign-{dataset}"),
            ["name"] = name,
            ["data"] = points,
            ["symbol"] = OptionJson.Symbols[looks.Symbol(name) % OptionJson.Symbols.Length],
            ["symbolSize"] = 8,
            ["color"] = color,
            ["itemStyle"] = new JsonObject { ["color"] = color, ["borderColor"] = "@card", ["borderWidth"] = 1 },
            ["silent"] = true,
            ["z"] = 3,
        };
    }
}
