namespace Kelvin.Reports.Charts;

/// <summary>Lines over a common horizontal axis, with optional bands, incident markers and reference lines.</summary>
public sealed record LineChart : Chart
{
    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The lines, the most important last: it is drawn on top.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Places marked by a numbered vertical line.</summary>
    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    /// <summary>Values marked by a horizontal line.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    internal override ChartView Draw() => LineDrawing.Draw(this);
}
