namespace Kelvin.Reports.Charts;

/// <summary>One of the small charts of a <see cref="SmallMultiples"/>.</summary>
/// <param name="Title">What tells it from the others.</param>
/// <param name="Series">Its lines.</param>
public sealed record MultiplePanel(string Title, IReadOnlyList<LineSeries> Series)
{
    /// <summary>Places marked by a numbered vertical line.</summary>
    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];
}
