namespace Kelvin.Reports.Charts;

/// <summary>Many small line charts over the same axes, to be compared at a glance.</summary>
public sealed record SmallMultiples : Chart
{
    /// <summary>The horizontal axis of all panels.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis of all panels; unless it has bounds they are set so that all panels share them.</summary>
    public required Axis Y { get; init; }

    /// <summary>The panels in reading order.</summary>
    public required IReadOnlyList<MultiplePanel> Panels { get; init; }

    internal override ChartView Draw() => MultiplesDrawing.Draw(this);
}
