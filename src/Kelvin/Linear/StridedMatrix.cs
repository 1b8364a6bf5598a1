using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>op(A) in place: element (i, j) is i·RowStride + j·ColumnStride after the origin, and transposing swaps the strides.</summary>
internal readonly ref struct StridedMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _origin;

    public StridedMatrix(ReadOnlyMatrixView<T> matrix, Transpose transpose)
    {
        _origin = ref MemoryMarshal.GetReference(matrix.Span);
        (RowStride, ColumnStride) = transpose == Transpose.No ? (matrix.Stride, (nint)1) : (1, matrix.Stride);
    }

    /// <summary>Elements from one row of op(A) to the next.</summary>
    public nint RowStride { get; }

    /// <summary>Elements from one column of op(A) to the next.</summary>
    public nint ColumnStride { get; }

    /// <summary>Element (<paramref name="row"/>, <paramref name="column"/>) of op(A), unchecked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T At(int row, int column) => ref Unsafe.Add(ref _origin, (row * RowStride) + (column * ColumnStride));
}
