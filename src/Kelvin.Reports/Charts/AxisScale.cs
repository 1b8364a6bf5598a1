namespace Kelvin.Reports.Charts;

/// <summary>Says how an axis maps values to places.</summary>
public enum AxisScale
{
    /// <summary>Equal differences take equal space.</summary>
    Linear,

    /// <summary>Equal ratios take equal space; only values &gt; 0 have a place.</summary>
    Logarithmic,
}
