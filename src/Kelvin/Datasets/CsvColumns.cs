using System.Globalization;

namespace Kelvin.Datasets;

/// <summary>Names the columns of a CSV file and finds one by name, or by number from 0 (from the end if negative).</summary>
internal sealed class CsvColumns(string file, int line, IReadOnlyList<string> names)
{
    public int Count => names.Count;

    public string this[int index] => names[index];

    /// <summary>Takes the header from the records if there is one, and makes up names if there is none.</summary>
    public static CsvColumns Read(CsvRecords records, string file, CsvHeader header)
    {
        if (records.Peek() is not { } first)
            throw new DatasetException(file, null, null, "The file is empty.", "It needs one row of numbers and a label for each example.");

        bool present = header == CsvHeader.Present
            || (header == CsvHeader.Auto && CsvNumbers.LooksLikeHeader(first.Cells, records.Peek(1)?.Cells));
        if (present)
        {
            records.Next();
            return new CsvColumns(file, first.Line, first.Cells);
        }

        return new CsvColumns(
            file, first.Line, [.. Enumerable.Range(1, first.Cells.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"column{i}"))]);
    }

    /// <summary>The column of that name, or null; names differ in more than case.</summary>
    public int? TryFind(string name)
    {
        int[] found = [.. Enumerable.Range(0, Count).Where(i => string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length > 1)
            throw new DatasetException(file, line, null, $"{found.Length} columns are named '{name}'.", "Give each its own name, or choose one by number.");

        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>The column of that name or number.</summary>
    public int Find(string nameOrNumber)
    {
        if (TryFind(nameOrNumber) is { } named)
            return named;
        if (int.TryParse(nameOrNumber, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= -Count && number < Count)
            return number < 0 ? Count + number : number;

        string some = string.Join(", ", names.Take(8)) + (Count > 8 ? ", …" : "");
        throw new DatasetException(file, line, null, $"There is no column '{nameOrNumber}'.", $"Choose one of {some}, or a number from 0 to {Count - 1}.");
    }

    /// <summary>The columns that are not set apart.</summary>
    public int[] AllBut(HashSet<int> apart) => [.. Enumerable.Range(0, Count).Where(i => !apart.Contains(i))];

    /// <summary>The last column that is not set apart.</summary>
    public int LastBut(HashSet<int> apart) => AllBut(apart) is [.., int last] ? last : Count - 1;

    /// <summary>Checks that a record has one cell a column.</summary>
    public void RequireWidth(int recordLine, string[] cells)
    {
        if (cells.Length != Count)
            throw new DatasetException(file, recordLine, null, $"The row has {cells.Length} cells, but must have {Count}.", "Add what is missing or take away what is too much.");
    }
}
