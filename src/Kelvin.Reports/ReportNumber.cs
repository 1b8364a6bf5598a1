using System.Globalization;

namespace Kelvin.Reports;

/// <summary>Writes numbers for people: three significant digits, thin spaces between thousands, powers of ten where needed.</summary>
public static class ReportNumber
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Writes a number in three significant digits.</summary>
    /// <param name="value">Any value; NaN gives "NaN", infinities "∞" and "−∞".</param>
    /// <param name="form">How to write it.</param>
    /// <remarks>A whole part is never cut: 1 234.5 gives "1 235" (rounded to units), 12.345 gives "12.3", 0.00012 gives "1.20×10⁻⁴".</remarks>
    public static string Format(double value, NumberForm form = NumberForm.Plain)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";

        string digits = form switch
        {
            NumberForm.Percent => Fixed(Math.Abs(value) * 100) + " %",
            NumberForm.Whole => Grouped(Math.Round(Math.Abs(value))),
            _ => Plain(Math.Abs(value)),
        };
        return value < 0 && digits.AsSpan().ContainsAnyInRange('1', '9') ? "−" + digits : digits;
    }

    /// <summary>Writes a number in full: the shortest text that reads back as the same double.</summary>
    public static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Plain(double value)
    {
        if (value < 1e6 && value == Math.Floor(value))
            return Grouped(value);
        return value is >= 1e-3 and < 1e6 ? Fixed(value) : Power(value);
    }

    private static string Fixed(double value)
    {
        if (value >= 99.95)
            return Grouped(Math.Round(value));

        int decimals = value >= 9.995 ? 1 : value >= 0.9995 ? 2 : value == 0 ? 0 : 2 - (int)Math.Floor(Math.Log10(value));
        return value.ToString("F" + Math.Clamp(decimals, 0, 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Grouped(double value) =>
        value.ToString(value < 10_000 ? "F0" : "#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f');

    private static string Power(double value)
    {
        string[] parts = value.ToString("E2", CultureInfo.InvariantCulture).Split('E');
        int exponent = int.Parse(parts[1], CultureInfo.InvariantCulture);
        string raised = string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(c => Superscripts[c - '0']));
        return $"{parts[0]}×10{(exponent < 0 ? "⁻" : "")}{raised}";
    }
}
