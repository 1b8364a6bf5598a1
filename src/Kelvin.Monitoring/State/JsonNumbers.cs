using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Strict JSON for every double: NaN and ±∞ are the strings "NaN", "Infinity" and "-Infinity".</summary>
internal static class JsonNumbers
{
    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(Name(value));
    }

    public static bool TryRead(JsonElement element, out double value)
    {
        value = double.NaN;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetDouble(out value) && double.IsFinite(value),
            JsonValueKind.String => TryReadName(element.GetString(), out value),
            _ => false,
        };
    }

    private static bool TryReadName(string? name, out double value)
    {
        value = name switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return name is "NaN" or "Infinity" or "-Infinity";
    }

    private static string Name(double value) =>
        double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
