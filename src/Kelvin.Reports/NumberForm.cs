namespace Kelvin.Reports;

/// <summary>Says how a number is written.</summary>
public enum NumberForm
{
    /// <summary>Three significant digits; whole numbers below a million in full; powers of ten outside 10⁻³ … 10⁶.</summary>
    Plain,

    /// <summary>A share, 0 to 1, in per cent.</summary>
    Percent,

    /// <summary>The nearest whole number.</summary>
    Whole,
}
