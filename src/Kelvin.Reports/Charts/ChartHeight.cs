namespace Kelvin.Reports.Charts;

/// <summary>Says how tall a chart is drawn.</summary>
public enum ChartHeight
{
    /// <summary>About 220 pixels: for charts that repeat.</summary>
    Small,

    /// <summary>About 320 pixels.</summary>
    Medium,

    /// <summary>About 440 pixels: for charts with much to see.</summary>
    Large,
}
