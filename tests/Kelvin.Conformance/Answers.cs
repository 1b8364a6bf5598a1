using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Conformance;

/// <summary>What the product computed for a case: a field by name, its nested lists laid end to end.</summary>
internal sealed class Answers
{
    private readonly Dictionary<string, double[]> _fields = new(StringComparer.Ordinal);

    public double[]? this[string field] => _fields.GetValueOrDefault(field);

    public void Add(string field, double value) => _fields.Add(field, [value]);

    public void Add(string field, IEnumerable<int> values) => _fields.Add(field, [.. values.Select(value => (double)value)]);

    public void Add<T>(string field, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] copy = new double[values.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = double.CreateTruncating(values[i]);
        _fields.Add(field, copy);
    }

    public void Add<T>(string field, ReadOnlyMatrixView<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] copy = new double[values.Rows * values.Columns];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = double.CreateTruncating(values[i / values.Columns, i % values.Columns]);
        _fields.Add(field, copy);
    }
}
