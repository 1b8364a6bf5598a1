using System.Numerics;

namespace Kelvin.Linear;

/// <summary>C ← alpha·op(A)·op(B) + beta·C, its shapes checked and none of its sizes 0.</summary>
internal readonly record struct GemmProblem<T>(
    T Alpha,
    ReadOnlyMatrixView<T> A,
    Transpose TransposeA,
    ReadOnlyMatrixView<T> B,
    Transpose TransposeB,
    T Beta,
    MatrixView<T> C)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Length of the sums: columns of op(A), rows of op(B).</summary>
    public int Depth => TransposeA == Transpose.No ? A.Columns : A.Rows;
}
