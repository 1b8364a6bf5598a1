namespace Kelvin.Reports.Charts;

/// <summary>Bars over categories, side by side for several series, with optional error bars.</summary>
public sealed record BarChart : Chart
{
    /// <summary>What the categories are, such as "Activation".</summary>
    public required string CategoryName { get; init; }

    /// <summary>The categories in order.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The axis of the values. It begins at 0 unless it is logarithmic or says otherwise.</summary>
    public required Axis Value { get; init; }

    /// <summary>The groups of bars.</summary>
    public required IReadOnlyList<BarSeries> Series { get; init; }

    /// <summary>True lays the bars down: for many or long category names.</summary>
    public bool IsHorizontal { get; init; }

    internal override ChartView Draw() => BarDrawing.Draw(this);
}
