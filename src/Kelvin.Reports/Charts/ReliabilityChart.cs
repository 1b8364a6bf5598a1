namespace Kelvin.Reports.Charts;

/// <summary>Accuracy against confidence with the diagonal of perfect calibration, and the counts of the bins below.</summary>
public sealed record ReliabilityChart : Chart
{
    /// <summary>The curves, usually before and after calibration.</summary>
    public required IReadOnlyList<ReliabilitySeries> Series { get; init; }

    internal override ChartView Draw() => ReliabilityDrawing.Draw(this);
}
