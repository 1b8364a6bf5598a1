using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Kelvin.Cli.Frame;

/// <summary>Makes options whose values are checked where they are read.</summary>
internal static class Flags
{
    public static Option<bool> Json() => new("--json") { Description = "Print the numbers as JSON instead of text." };

    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    /// <summary>An optional whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<int?> WholeNumber(string name, string description, int minimum, int maximum = int.MaxValue) =>
        new(name)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result => Parse<int>(
                result, name, (string text) => Values.WholeNumber(text, minimum, maximum), Values.WholeNumberRule(minimum, maximum)),
        };

    /// <summary>An optional number strictly between two bounds.</summary>
    public static Option<double?> NumberBetween(string name, string description, double low, double high) =>
        new(name)
        {
            HelpName = "X",
            Description = description,
            CustomParser = result => Parse<double>(
                result,
                name,
                text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && x > low && x < high
                    ? x
                    : null,
                string.Create(CultureInfo.InvariantCulture, $"a number above {low} and below {high}")),
        };

    /// <summary>An optional number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static Option<double?> Number(string name, string helpName, string description, double low, double high) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result => Parse<double>(
                result,
                name,
                text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && x >= low && x <= high
                    ? x
                    : null,
                string.Create(CultureInfo.InvariantCulture, $"a number from {low} to {high}")),
        };

    private static T? Parse<T>(ArgumentResult result, string name, Func<string, T?> read, string rule)
        where T : struct
    {
        if (result.Tokens.Count == 0)
            return null;

        string text = result.Tokens[^1].Value;
        T? value = read(text);
        if (value is null)
            result.AddError($"{name} is '{text}', but must be {rule}.");
        return value;
    }
}
