namespace Kelvin.Reports.Charts;

/// <summary>A chart: title, one sentence that says what to see, axes with units, and its data as a table and as CSV.</summary>
/// <remarks>NaN and ±∞ leave gaps. Numbers are drawn and exported to nine significant digits.</remarks>
public abstract record Chart : Block
{
    private protected Chart()
    {
    }

    /// <summary>What the chart shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence that says what to see in it.</summary>
    public required string Caption { get; init; }

    /// <summary>How tall the chart is drawn.</summary>
    public ChartHeight Height { get; init; } = ChartHeight.Medium;

    internal abstract ChartView Draw();
}
