using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The keys or values of a tile as the left factor of a product, six rows at a time: packed in panels, or where they lie.</summary>
internal readonly ref struct KeyRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _first;

    private KeyRows(ref T first, nint stride, int count, bool arePacked)
    {
        _first = ref first;
        (Stride, Count, ArePacked) = (stride, count, arePacked);
    }

    /// <summary>Elements from one row to the next; in panels, those of a panel for each of its rows.</summary>
    public nint Stride { get; }

    /// <summary>Rows that may be read.</summary>
    public int Count { get; }

    /// <summary>Whether they lie in panels.</summary>
    public bool ArePacked { get; }

    /// <summary>The rows of a tile, from a column of the matrix on, or the panels into which they are packed.</summary>
    public static KeyRows<T> Of(in AttentionPlan<T> plan, ReadOnlyMatrixView<T> matrix, KeyTile keys, int column, int depth, ref T panels) =>
        plan.ReadsInPlace
            ? new(ref Unsafe.Add(ref MemoryMarshal.GetReference(matrix.Span), ((nint)keys.First * matrix.Stride) + column), matrix.Stride, keys.Count, false)
            : new(ref panels, depth, TileSize.Keys, true);

    /// <summary>The first element of a row, or of the panel that begins with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(int row) => ref Unsafe.Add(ref _first, row * Stride);
}
