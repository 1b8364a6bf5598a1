namespace Kelvin.Reports.Charts;

/// <summary>How an entry of the legend is drawn.</summary>
internal enum LegendShape
{
    Line,
    Box,
    Symbol,
}
