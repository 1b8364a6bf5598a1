using System.Numerics;

namespace Kelvin.Linear;

/// <summary>Multiplies matrices.</summary>
public static class Gemm
{
    /// <summary>Sets C to alpha·op(A)·op(B) + beta·C.</summary>
    public static void Multiply<T>(
        T alpha,
        ReadOnlyMatrixView<T> a,
        Transpose transposeA,
        ReadOnlyMatrixView<T> b,
        Transpose transposeB,
        T beta,
        MatrixView<T> c,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int k) = transposeA == Transpose.No ? (a.Rows, a.Columns) : (a.Columns, a.Rows);
        (int kb, int n) = transposeB == Transpose.No ? (b.Rows, b.Columns) : (b.Columns, b.Rows);
        Require.SameShape(m, n, c.Rows, c.Columns, nameof(c));
        Require.SameShape(k, n, kb, n, nameof(b));
        Require.Positive(threads);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = T.Zero;
                for (int l = 0; l < k; l++)
                    sum += (transposeA == Transpose.No ? a[i, l] : a[l, i]) * (transposeB == Transpose.No ? b[l, j] : b[j, l]);
                c[i, j] = beta == T.Zero ? alpha * sum : (alpha * sum) + (beta * c[i, j]);
            }
        }
    }
}
