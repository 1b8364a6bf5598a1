using System.Numerics;

namespace Kelvin.Linear;

/// <summary>Computes the inner products between the rows of a matrix.</summary>
public static class Gram
{
    /// <summary>Sets G to A·Aᵀ; G is symmetric to the bit.</summary>
    public static void Compute<T>(ReadOnlyMatrixView<T> a, MatrixView<T> gram, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(a.Rows, a.Rows, gram.Rows, gram.Columns, nameof(gram));
        Gemm.Multiply(T.One, a, Transpose.No, a, Transpose.Yes, T.Zero, gram, threads);
    }
}
