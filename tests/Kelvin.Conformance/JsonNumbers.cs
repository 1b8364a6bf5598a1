using System.Globalization;
using System.Text.Json;

namespace Kelvin.Conformance;

/// <summary>Reads numbers of fixtures: JSON numbers, or strings such as "-inf" and decimals of 40 digits.</summary>
internal static class JsonNumbers
{
    /// <summary>The nearest double; digits beyond and exponents below its range are rounded.</summary>
    public static double Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => Parse(element.GetString()!),
        _ => throw new FormatException($"{element.ValueKind} stands where a number is expected."),
    };

    /// <summary>The numbers of nested lists, laid end to end in row-major order.</summary>
    public static double[] Flatten(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flatten)] : [Read(element)];

    private static double Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "inf" or "+inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        "nan" => double.NaN,
        string number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
