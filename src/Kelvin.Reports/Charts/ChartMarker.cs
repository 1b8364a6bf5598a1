namespace Kelvin.Reports.Charts;

/// <summary>Marks a place on the horizontal axis with a numbered vertical line; its words stand below the chart.</summary>
/// <param name="X">The place.</param>
/// <param name="Label">What happened there.</param>
/// <param name="Severity">How much it matters; decides the colour.</param>
public sealed record ChartMarker(double X, string Label, Severity Severity = Severity.Warning);
