namespace Kelvin.Reports.Charts;

/// <summary>Points over two axes.</summary>
public sealed record ScatterChart : Chart
{
    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>The clouds.</summary>
    public required IReadOnlyList<ScatterSeries> Series { get; init; }

    /// <summary>Values marked by a horizontal line.</summary>
    public IReadOnlyList<ReferenceLine> References { get; init; } = [];

    internal override ChartView Draw() => ScatterDrawing.Draw(this);
}
