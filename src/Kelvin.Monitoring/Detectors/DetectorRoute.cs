namespace Kelvin.Monitoring;

/// <summary>Where the points of one series go, and its first and latest point for detectors that come later.</summary>
internal sealed class DetectorRoute
{
    public DetectorSlot[] Slots { get; set; } = [];

    public Point First { get; set; }

    public Point Latest { get; set; }
}
