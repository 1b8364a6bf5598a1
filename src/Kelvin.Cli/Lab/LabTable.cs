using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab;

/// <summary>A table of text in 80 columns: the first column to the left, numbers to the right, two blanks between.</summary>
/// <param name="headings">One heading a column.</param>
internal sealed class LabTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row of as many cells.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints it; the headings first.</summary>
    public void Write(CliHost host)
    {
        foreach (string line in Lines())
            host.Output.WriteLine(line);
    }

    /// <summary>The lines, without blanks at their ends.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length))];
        return _rows.Select(row => string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }
}
