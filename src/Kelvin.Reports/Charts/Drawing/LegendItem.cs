namespace Kelvin.Reports.Charts;

/// <summary>An entry of the legend.</summary>
internal sealed record LegendItem(string Name, ChartColor Color, LegendShape Shape, LineDash Dash = LineDash.Solid, int Symbol = 0);
