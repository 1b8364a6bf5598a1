namespace Kelvin.Reports.Charts;

/// <summary>A chart ready to be placed on a page: its panels, and the words around them.</summary>
internal sealed record ChartView(string Kind, IReadOnlyList<ChartPanel> Panels)
{
    public IReadOnlyList<LegendItem> Legend { get; init; } = [];

    /// <summary>The words of the numbered markers, in the order of their numbers.</summary>
    public IReadOnlyList<ChartMarker> Markers { get; init; } = [];

    /// <summary>What the drawing leaves out, in plain sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How the panels lie: one of the layout classes of the style sheet.</summary>
    public string Layout { get; init; } = "single";
}
