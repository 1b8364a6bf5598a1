using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Models;

/// <summary>The rows of a batch whose successors are asked for, with their labels. Nothing behind the last attention is computed for any other.</summary>
internal sealed class ScoredRows
{
    private int[] _places = [];
    private int[] _labels = [];

    /// <summary>m, how many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What should follow each, [m].</summary>
    public ReadOnlyMemory<int> Labels => _labels.AsMemory(0, Count);

    /// <summary>Every row of a batch, without labels.</summary>
    public void ChooseAll(int rows) => Count = rows;

    /// <summary>The rows whose label is not below 0.</summary>
    public void Choose(ReadOnlySpan<int> labels)
    {
        if (_labels.Length < labels.Length)
            (_places, _labels) = (new int[labels.Length], new int[labels.Length]);
        Count = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
                continue;
            (_places[Count], _labels[Count]) = (row, labels[row]);
            Count++;
        }
    }

    /// <summary>Copies them from a batch, [n, D], to rows of their own, [m, D].</summary>
    public void Gather<T>(MatrixView<T> from, MatrixView<T> to)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < Count; i++)
            from.Row(_places[i]).CopyTo(to.Row(i));
    }

    /// <summary>Moves the first m rows of a batch to the places that they were gathered from; all others become 0.</summary>
    public void Spread<T>(MatrixView<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int next = Count - 1;
        for (int row = rows.Rows - 1; row >= 0; row--)   // downwards: a row never moves to a lower place
        {
            if (next < 0 || _places[next] != row)
                rows.Row(row).Clear();
            else
                rows.Row(next--).CopyTo(rows.Row(row));
        }
    }
}
