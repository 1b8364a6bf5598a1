namespace Kelvin.Reports.Charts;

/// <summary>A grid of values as shades: layers by heads, learning rates by temperatures.</summary>
public sealed record HeatmapChart : Chart
{
    /// <summary>What the columns are, such as "Head".</summary>
    public required string ColumnName { get; init; }

    /// <summary>The columns from left to right.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What the rows are, such as "Layer".</summary>
    public required string RowName { get; init; }

    /// <summary>The rows from top to bottom.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>What the shades mean; its bounds, when given, are the ends of the scale.</summary>
    public required Axis Value { get; init; }

    /// <summary>One list a row, one value a column; NaN and ±∞ leave the place empty.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    internal override ChartView Draw() => HeatmapDrawing.Draw(this);
}
