using System.Globalization;
using Kelvin.Monitoring;

namespace Kelvin.Cli.Training;

/// <summary>Everything a run measured, a row for each step; written as CSV and read back to go on from it.</summary>
/// <remarks>Numbers are written so that they read back to the bit: the file of a resumed run is that of an uninterrupted one.</remarks>
internal sealed class MetricsLog
{
    private const string StepColumn = "step";
    private readonly List<string> _series = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(long Step, double?[] Values)> _rows = [];

    /// <summary>Steps that were recorded, in order.</summary>
    public IReadOnlyList<(long Step, double?[] Values)> Rows => _rows;

    /// <summary>Takes in points; those of one step become one row.</summary>
    public void Add(ReadOnlySpan<Point> points)
    {
        foreach (ref readonly Point point in points)
        {
            if (_rows.Count == 0 || _rows[^1].Step != point.Step)
                _rows.Add((point.Step, new double?[Math.Max(_series.Count, 1)]));
            Set(_rows.Count - 1, Place(ColumnOf(point.Series)), point.Value);
        }
    }

    /// <summary>The column of a series: its name, and for a head of a transformer its layer and number too (<c>softmax.entropy.2.0</c>).</summary>
    public static string ColumnOf(in Series series) =>
        series.Head is { } head ? string.Create(CultureInfo.InvariantCulture, $"{series.Name}.{series.Layer}.{head}") : series.Name;

    /// <summary>Steps and values of one series, where it was recorded.</summary>
    public (double[] Steps, double[] Values) Column(string name)
    {
        int place = _series.IndexOf(name);
        (long Step, double?[] Values)[] rows = [.. _rows.Where(row => place >= 0 && place < row.Values.Length && row.Values[place] is not null)];
        return (Array.ConvertAll(rows, row => (double)row.Step), Array.ConvertAll(rows, row => row.Values[place]!.Value));
    }

    /// <summary>Writes a header and a line a step.</summary>
    public void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.Write(StepColumn);
        foreach (string series in _series)
            writer.Write($",{series}");
        writer.WriteLine();
        foreach ((long step, double?[] values) in _rows)
        {
            writer.Write(step.ToString(CultureInfo.InvariantCulture));
            for (int i = 0; i < _series.Count; i++)
                writer.Write("," + (i < values.Length ? values[i]?.ToString("R", CultureInfo.InvariantCulture) : null));
            writer.WriteLine();
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> wrote.</exception>
    public static MetricsLog Read(Stream stream)
    {
        var log = new MetricsLog();
        using var reader = new StreamReader(stream, leaveOpen: true);
        int line = 0;
        while (reader.ReadLine() is { } text)
        {
            string[] cells = text.Split(',');
            if (++line == 1)
                log.ReadHeader(cells);
            else if (!log.TryReadRow(cells))
                throw new InvalidDataException(FormattableString.Invariant($"Line {line} of the metrics is not a row of numbers."));
        }

        return log;
    }

    private void ReadHeader(string[] cells)
    {
        if (cells[0] != StepColumn)
            throw new InvalidDataException($"The metrics start with the column {cells[0]}, but must start with {StepColumn}.");
        foreach (string name in cells.Skip(1))
            Place(name);
    }

    private bool TryReadRow(string[] cells)
    {
        if (cells.Length != _series.Count + 1 || !long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step))
            return false;

        double?[] values = new double?[_series.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (cells[i + 1].Length == 0)
                continue;
            if (!double.TryParse(cells[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                return false;
            values[i] = value;
        }

        _rows.Add((step, values));
        return true;
    }

    private int Place(string series)
    {
        if (_places.TryGetValue(series, out int place))
            return place;

        _series.Add(series);
        return _places[series] = _series.Count - 1;
    }

    private void Set(int row, int place, double value)
    {
        (long step, double?[] values) = _rows[row];
        if (place >= values.Length)
        {
            Array.Resize(ref values, _series.Count);
            _rows[row] = (step, values);
        }

        values[place] = value;
    }
}
