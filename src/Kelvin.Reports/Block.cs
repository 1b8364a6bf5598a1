namespace Kelvin.Reports;

/// <summary>Anything that stands in a section: prose, callout, key numbers, table, chart, pictures, incident, command, grid.</summary>
/// <remarks>The set is closed: every block is drawn by this assembly, so that nothing unescaped enters a page.</remarks>
public abstract record Block
{
    private protected Block()
    {
    }
}
