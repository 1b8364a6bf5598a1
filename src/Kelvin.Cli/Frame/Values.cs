using System.Globalization;

namespace Kelvin.Cli.Frame;

/// <summary>Reads values written by people, always in the invariant culture.</summary>
internal static class Values
{
    /// <summary>A whole number within bounds, or null.</summary>
    public static int? WholeNumber(string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        && value >= minimum && value <= maximum
            ? value
            : null;

    /// <summary>What a whole number within bounds must be, in words.</summary>
    public static string WholeNumberRule(int minimum, int maximum) => maximum == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {minimum}")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}");
}
