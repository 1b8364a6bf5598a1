using System.Globalization;

namespace Kelvin.Datasets;

/// <summary>Reads the cells of a CSV file as numbers.</summary>
internal static class CsvNumbers
{
    private static readonly string[] Missing = ["", "?", "na", "n/a", "nan", "null", "none", "-"];

    /// <summary>A finite or infinite number; NaN spelt out is none.</summary>
    public static bool TryParse(string cell, out double value)
    {
        value = cell switch
        {
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.NaN,
        };
        return !double.IsNaN(value)
            || (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value));
    }

    /// <summary>Whether the cell stands for a value nobody knows.</summary>
    public static bool IsMissing(string cell) => Missing.Contains(cell, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the cell may stand in a column of numbers.</summary>
    public static bool IsNumeric(string cell) => TryParse(cell, out _) || IsMissing(cell);

    /// <summary>Whether the first of two records looks like the names of the columns.</summary>
    public static bool LooksLikeHeader(string[] first, string[]? second)
    {
        if (second is null)
            return !Array.Exists(first, IsNumeric);

        for (int i = 0; i < Math.Min(first.Length, second.Length); i++)
        {
            if (!IsNumeric(first[i]) && TryParse(second[i], out _))
                return true;
        }

        return false;
    }

    /// <summary>A finite number or −∞, or the sentence that says why not.</summary>
    public static double Logit(string cell, string file, int line, string column) =>
        TryParse(cell, out double value) && double.IsNegativeInfinity(value) ? value : Feature(cell, file, line, column);

    /// <summary>A finite number, or the sentence that says why not.</summary>
    public static double Feature(string cell, string file, int line, string column)
    {
        if (TryParse(cell, out double value) && double.IsFinite(value))
            return value;

        if (IsMissing(cell))
        {
            string what = cell.Length == 0 ? "The cell is empty." : $"The value is missing ('{cell}').";
            throw new DatasetException(file, line, column, what, "Fill it in, or leave out the row or the column.");
        }

        string remedy = cell.Contains(',', StringComparison.Ordinal)
            ? "Write decimals with a point."
            : "Put a finite number there, or leave the column out of the features.";
        throw new DatasetException(file, line, column, $"'{cell}' is not a finite number.", remedy);
    }
}
