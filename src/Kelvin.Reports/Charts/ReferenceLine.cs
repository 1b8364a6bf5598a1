namespace Kelvin.Reports.Charts;

/// <summary>Marks a value with a horizontal line across the chart, such as a bound or a goal.</summary>
/// <param name="Y">The value.</param>
/// <param name="Label">What it is; written on the line.</param>
public sealed record ReferenceLine(double Y, string Label);
