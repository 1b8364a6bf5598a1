namespace Kelvin.Reports.Charts;

/// <summary>Distributions in bins, laid over each other.</summary>
public sealed record HistogramChart : Chart
{
    /// <summary>The axis of the values.</summary>
    public required Axis X { get; init; }

    /// <summary>The axis of the counts.</summary>
    public Axis Y { get; init; } = new("Count");

    /// <summary>The distributions.</summary>
    public required IReadOnlyList<HistogramSeries> Series { get; init; }

    internal override ChartView Draw() => HistogramDrawing.Draw(this);
}
