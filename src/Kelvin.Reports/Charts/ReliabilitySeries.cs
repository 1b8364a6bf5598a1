namespace Kelvin.Reports.Charts;

/// <summary>One curve of a reliability chart.</summary>
/// <param name="Name">What it is, such as "before, T = 1".</param>
/// <param name="Bins">Its bins in the order of confidence.</param>
public sealed record ReliabilitySeries(string Name, IReadOnlyList<ReliabilityPoint> Bins)
{
    /// <summary>The colour; null: by order.</summary>
    public ChartColor? Color { get; init; }
}
