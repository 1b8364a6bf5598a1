using System.Globalization;
using Kelvin.Linear;

namespace Kelvin.Datasets;

/// <summary>Holds logits that some model gave, with the true class of each row and the part of the data it belongs to.</summary>
/// <remarks>Every column that is neither label nor split is a class, in the order of the columns.</remarks>
public sealed class LogitTable
{
    private readonly int[] _labels;
    private readonly string[] _splits;

    private LogitTable(MatrixView<double> logits, int[] labels, string[] splits, IReadOnlyList<string> classNames)
    {
        Logits = logits;
        _labels = labels;
        _splits = splits;
        ClassNames = classNames;
        Splits = [.. splits.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>z, shape [Rows, classes]: finite, or −∞ for a class that is ruled out.</summary>
    public ReadOnlyMatrixView<double> Logits { get; }

    /// <summary>The true classes, shape [Rows], each from 0 to classes − 1; none is ruled out.</summary>
    public ReadOnlyMemory<int> Labels => _labels;

    /// <summary>Number of rows.</summary>
    public int Rows => _labels.Length;

    /// <summary>Names of the logits' columns.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The parts that occur, in the order they come; empty without a split column.</summary>
    public IReadOnlyList<string> Splits { get; }

    /// <summary>Reads the file at <paramref name="path"/>, packed with gzip or not.</summary>
    /// <exception cref="DatasetException">The file is missing, damaged, or holds something that is neither a logit nor a class.</exception>
    public static LogitTable Read(string path, LogitTableOptions? options = null)
    {
        using Stream stream = DataStream.Open(path);
        return Read(stream, path, options);
    }

    /// <summary>Reads a stream to its end and closes it; <paramref name="file"/> is its name in messages.</summary>
    /// <exception cref="DatasetException">The data are damaged, or hold something that is neither a logit nor a class.</exception>
    public static LogitTable Read(Stream stream, string file, LogitTableOptions? options = null)
    {
        options ??= new LogitTableOptions();
        using var records = new CsvRecords(stream, file, options.Delimiter);
        CsvColumns columns = CsvColumns.Read(records, file, options.Header);

        HashSet<int> apart = [.. options.IgnoredColumns.Select(columns.Find)];
        int? split = options.SplitColumn is { } named ? columns.Find(named) : columns.TryFind("split");
        int label = options.LabelColumn is { } wanted ? columns.Find(wanted) : columns.TryFind("label") ?? columns.LastBut(apart);
        apart.Add(label);
        if (split is { } splitColumn)
            apart.Add(splitColumn);
        int[] classes = columns.AllBut(apart);
        if (classes.Length < 2)
            throw new DatasetException(file, null, null, $"There are {classes.Length} columns of logits.", "It takes at least two, one a class; if there are more, set the delimiter.");

        var logits = new List<double>();
        var labels = new List<int>();
        var splits = new List<string>();
        while (records.Next() is var (line, cells))
        {
            columns.RequireWidth(line, cells);
            foreach (int column in classes)
                logits.Add(CsvNumbers.Logit(cells[column], file, line, columns[column]));
            labels.Add(LabelOf(cells[label], classes.Length, file, line, columns[label]));
            if (double.IsNegativeInfinity(logits[logits.Count - classes.Length + labels[^1]]))
                throw new DatasetException(file, line, columns[classes[labels[^1]]], "The logit of the true class is −∞, so its likelihood is 0 at every temperature.", "Correct the label or the mask.");
            if (split is { } at)
                splits.Add(cells[at]);
        }

        if (labels.Count == 0)
            throw new DatasetException(file, null, null, "The file names columns but holds no rows.", "Add a row of logits for each example.");
        return new LogitTable(
            new MatrixView<double>(logits.ToArray(), labels.Count, classes.Length), [.. labels], [.. splits], [.. classes.Select(i => columns[i])]);
    }

    /// <summary>Copies the rows whose split is <paramref name="split"/>, in their order.</summary>
    /// <exception cref="ArgumentException">No row has that split.</exception>
    public LogitTable Part(string split)
    {
        int[] rows = [.. Enumerable.Range(0, _splits.Length).Where(i => string.Equals(_splits[i], split, StringComparison.Ordinal))];
        Require.That(rows.Length > 0, $"No row has the split '{split}'; there are {(Splits.Count == 0 ? "none" : string.Join(", ", Splits))}.", nameof(split));
        return Subset(rows);
    }

    /// <summary>Copies the rows at <paramref name="indices"/> (from 0, in that order, repeats allowed).</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row.</exception>
    public LogitTable Subset(ReadOnlySpan<int> indices)
    {
        MatrixView<double> logits = MatrixView.Allocate<double>(indices.Length, Logits.Columns);
        int[] labels = new int[indices.Length];
        string[] splits = new string[_splits.Length == 0 ? 0 : indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Require.Index(indices[i], Rows, nameof(indices));
            Logits.Row(indices[i]).CopyTo(logits.Row(i));
            labels[i] = _labels[indices[i]];
            if (splits.Length > 0)
                splits[i] = _splits[indices[i]];
        }

        return new LogitTable(logits, labels, splits, ClassNames);
    }

    private static int LabelOf(string cell, int classes, string file, int line, string column)
    {
        string remedy = string.Create(CultureInfo.InvariantCulture, $"It must be a whole number from 0 to {classes - 1}, the number of its column of logits.");
        if (!CsvNumbers.TryParse(cell, out double value) || value != Math.Floor(value))
            throw new DatasetException(file, line, column, $"The label '{cell}' is not a class.", remedy);
        if (value < 0 || value >= classes)
            throw new DatasetException(file, line, column, $"The label {cell} is out of range.", remedy);
        return (int)value;
    }
}
