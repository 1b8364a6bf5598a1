using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kelvin.Cli.Configuration;

/// <summary>Reads single values: numbers and truth values must be plain, text may be quoted.</summary>
internal static class YamlScalar
{
    /// <summary>Whether nothing stands after the colon, or null.</summary>
    public static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } scalar && scalar.Value is null or "" or "~" or "null";

    /// <summary>The value as <paramref name="type"/> (string, bool, int, double or an enum), or null if it is not one.</summary>
    public static object? Read(YamlNode node, Type type)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar || IsEmpty(node))
            return null;
        if (type == typeof(string))
            return text;
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
            return null;
        if (type.IsEnum)
            return ReadEnum(text, type);
        if (type == typeof(bool))
            return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
        throw new NotSupportedException($"Configuration values of type {type} are not supported.");
    }

    private static object? ReadEnum(string text, Type type)
    {
        foreach (object value in Enum.GetValues(type))
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()!) == text)
                return value;
        }

        return null;
    }
}
