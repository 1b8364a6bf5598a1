using System.Numerics;

namespace Kelvin.Linear;

/// <summary>Multiplies a matrix by a vector.</summary>
public static class Gemv
{
    /// <summary>Sets y to alpha·op(A)·x + beta·y.</summary>
    public static void Multiply<T>(
        T alpha, ReadOnlyMatrixView<T> a, Transpose transposeA, ReadOnlySpan<T> x, T beta, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int m, int k) = transposeA == Transpose.No ? (a.Rows, a.Columns) : (a.Columns, a.Rows);
        Require.Length(x, k);
        Require.Length<T>(y, m);
        for (int i = 0; i < m; i++)
        {
            T sum = T.Zero;
            for (int l = 0; l < k; l++)
                sum += (transposeA == Transpose.No ? a[i, l] : a[l, i]) * x[l];
            y[i] = beta == T.Zero ? alpha * sum : (alpha * sum) + (beta * y[i]);
        }
    }
}
