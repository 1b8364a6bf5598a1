using System.Globalization;

namespace Kelvin.Datasets;

/// <summary>Turns label texts into classes 0, 1, …: integers in their order, text in alphabetical order.</summary>
internal sealed class LabelCodes
{
    private readonly string _file;
    private readonly string _column;
    private readonly bool _isClosed;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _spelt = [];
    private readonly List<int> _rows = [];

    public LabelCodes(string file, string column, IReadOnlyList<string>? known)
    {
        _file = file;
        _column = column;
        _isClosed = known is not null;
        foreach (string label in known ?? [])
            _codes.TryAdd(Plain(label), _codes.Count);
    }

    /// <summary>Takes the label of the next row, and the name of its class where a column gives it.</summary>
    public void Add(string cell, string? className, int line)
    {
        string label = Plain(cell);
        if (CsvNumbers.IsMissing(label))
            throw new DatasetException(_file, line, _column, "The label is missing.", "Fill it in or leave out the row.");
        if (CsvNumbers.TryParse(label, out double value) && value != Math.Floor(value))
        {
            throw new DatasetException(
                _file, line, _column, $"The label {cell} is not a class but a number with decimals.", "Name the column that holds the classes.");
        }

        if (!_codes.TryGetValue(label, out int code))
        {
            if (_isClosed)
                throw new DatasetException(_file, line, _column, $"The label '{cell}' is out of range.", $"It must be one of {Some()}.");
            _codes.Add(label, code = _codes.Count);
        }

        if (className is not null && !string.Equals(_spelt.GetValueOrDefault(code, className), className, StringComparison.Ordinal))
            throw new DatasetException(_file, line, _column, $"The label {cell} is named both '{_spelt[code]}' and '{className}'.", "Give each label one name.");
        if (className is not null)
            _spelt[code] = className;
        _rows.Add(code);
    }

    /// <summary>The class of each row, and the names of the classes.</summary>
    public (int[] Labels, string[] ClassNames) Finish()
    {
        string[] byCode = [.. _codes.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        if (byCode.Length < 2)
            throw new DatasetException(_file, null, _column, $"Every row has the same label '{byCode[0]}'.", "A classifier needs at least two classes: name the column that holds them.");

        int[] order = [.. Enumerable.Range(0, byCode.Length)];
        if (!_isClosed)
            Array.Sort(order, (a, b) => Compare(byCode[a], byCode[b]));
        int[] rank = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        return ([.. _rows.Select(code => rank[code])], [.. order.Select(code => _spelt.GetValueOrDefault(code, byCode[code]))]);
    }

    /// <summary>"3.0" and "3" are one label.</summary>
    private static string Plain(string label) =>
        CsvNumbers.TryParse(label, out double value) && value == Math.Floor(value) && Math.Abs(value) < 1e15
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : label;

    private static int Compare(string a, string b) =>
        CsvNumbers.TryParse(a, out double x) && CsvNumbers.TryParse(b, out double y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private string Some() => string.Join(", ", _codes.Keys.Take(12)) + (_codes.Count > 12 ? ", …" : "");
}
