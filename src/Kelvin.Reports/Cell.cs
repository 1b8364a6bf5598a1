using Kelvin.Reports.Charts;

namespace Kelvin.Reports;

/// <summary>One value of a table or a key number: text, a number in a form, an interval, a verdict, a small curve.</summary>
/// <remarks>Numbers show three significant digits; the full value stands in the cell's tooltip.</remarks>
public sealed record Cell
{
    private Cell()
    {
    }

    internal string? Label { get; private init; }

    internal double? Value { get; private init; }

    internal (double Low, double High)? Range { get; private init; }

    internal NumberForm Form { get; private init; }

    internal Verdict? Outcome { get; private init; }

    internal ChartColor? Swatch { get; private init; }

    internal IReadOnlyList<double>? Curve { get; private init; }

    /// <summary>Makes a cell of plain text.</summary>
    public static Cell Text(string text) => new() { Label = text };

    /// <summary>Makes a cell of a name with its colour beside it, as in the charts' legends.</summary>
    public static Cell Named(string text, ChartColor color) => new() { Label = text, Swatch = color };

    /// <summary>Makes a cell of a number. NaN shows as "NaN", infinities as ±∞.</summary>
    public static Cell Number(double value, NumberForm form = NumberForm.Plain) => new() { Value = value, Form = form };

    /// <summary>Makes a cell of a share, 0 to 1, in per cent.</summary>
    public static Cell Percent(double share) => Number(share, NumberForm.Percent);

    /// <summary>Makes a cell of an estimate with its interval.</summary>
    public static Cell Interval(double value, double low, double high, NumberForm form = NumberForm.Plain) =>
        new() { Value = value, Range = (low, high), Form = form };

    /// <summary>Makes a cell of a badge that says whether something held.</summary>
    public static Cell Badge(Verdict verdict) => new() { Outcome = verdict };

    /// <summary>Makes a cell of a small curve without axes; NaN makes a gap, fewer than two finite values an empty cell.</summary>
    public static Cell Sparkline(IReadOnlyList<double> values, ChartColor color) => new() { Curve = values, Swatch = color };

    /// <summary>Turns text into a cell.</summary>
    public static implicit operator Cell(string text) => Text(text);

    /// <summary>Turns a number into a cell.</summary>
    public static implicit operator Cell(double value) => Number(value);

    /// <summary>Turns text into a cell.</summary>
    public static Cell FromString(string text) => Text(text);

    /// <summary>Turns a number into a cell.</summary>
    public static Cell FromDouble(double value) => Number(value);
}
