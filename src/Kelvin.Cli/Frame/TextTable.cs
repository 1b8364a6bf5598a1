namespace Kelvin.Cli.Frame;

/// <summary>A table of text in 80 columns: the first column to the left, numbers to the right, two blanks between.</summary>
/// <param name="headings">One heading a column.</param>
internal sealed class TextTable(params string[] headings)
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

    /// <summary>The lines, without blanks at their ends. Where they would be too long, the gaps become one blank and the first column is cut.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length))];
        int gaps = headings.Length - 1;
        int gap = widths.Sum() + (2 * gaps) <= CliHost.PipedWidth ? 2 : 1;
        widths[0] = Math.Max(4, Math.Min(widths[0], CliHost.PipedWidth - (gap * gaps) - widths[1..].Sum()));
        return _rows.Select(row => string.Join(new string(' ', gap), row.Select((cell, i) => i == 0 ? Cut(cell, widths[0]) : cell.PadLeft(widths[i]))).TrimEnd());
    }

    private static string Cut(string cell, int width) => cell.Length > width ? $"{cell[..(width - 1)]}…" : cell.PadRight(width);
}
