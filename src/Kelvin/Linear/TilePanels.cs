using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>The two factors of a tile, for one block of k: six rows of op(A) and one strip of op(B).</summary>
/// <remarks>Element (i, l) of the rows is at A + i·RowStride + l·RowStep; vector l of the strip starts at B + l·StripStep.</remarks>
internal ref struct TilePanels<T>
    where T : unmanaged
{
    public ref T A;
    public ref T B;

    /// <summary>Rows that exist, 1 to 6; the last one stands in for the missing.</summary>
    public int Rows;
    public nint RowStride;
    public nint RowStep;
    public nint StripStep;

    /// <summary>Length of the sums.</summary>
    public int Depth;

    /// <summary>The first element of a row, or of the last one that exists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref T Row(int row) => ref Unsafe.Add(ref A, Math.Min(row, Rows - 1) * RowStride);
}
