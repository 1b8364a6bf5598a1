using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Linear;

/// <summary>Multiplies matrices.</summary>
public static class Gemm
{
    /// <summary>Sets C to alpha·op(A)·op(B) + beta·C, where op(X) is X or Xᵀ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="alpha">Factor of the product. At 0 neither A nor B is read.</param>
    /// <param name="a">A, such that op(A) is [m, k].</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="b">B, such that op(B) is [k, n].</param>
    /// <param name="transposeB">Whether op(B) is Bᵀ.</param>
    /// <param name="beta">Factor of the old C. At 0 the old C is not read, so NaN in it does no harm.</param>
    /// <param name="c">C, shape [m, n]. Must share no element with A or B, or the result is undefined.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads. The result is the same to the bit.</param>
    /// <remarks>
    /// <para>cᵢⱼ ← alpha·Σₗ op(A)ᵢₗ·op(B)ₗⱼ + beta·cᵢⱼ. An empty sum (k = 0) is 0; an empty C is left as it is.</para>
    /// <para>NaN and ±∞ go into the elements of C whose sum they are part of, and into no other.</para>
    /// <para>Accuracy: |error| ≤ γ(k + 3)·(|alpha|·|op(A)|·|op(B)| + |beta|·|C|) element by element, γ(n) = n·u/(1 − n·u),
    /// u = 2⁻²⁴ or 2⁻⁵³, while nothing overflows or becomes subnormal.</para>
    /// <para>Cost: 2·m·n·k operations. Panels are packed into buffers that each thread keeps for the next call (at most 4.4 MB);
    /// nothing is allocated once they have grown.</para>
    /// <para>Source: Goto and van de Geijn, ACM TOMS 34 (2008); the bound: Higham, Accuracy and Stability (2002), section 3.5.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or threads is below 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
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
        Require.FloatOrDouble<T>();
        Require.Positive(threads);
        (int m, int k) = transposeA == Transpose.No ? (a.Rows, a.Columns) : (a.Columns, a.Rows);
        (int inner, int n) = transposeB == Transpose.No ? (b.Rows, b.Columns) : (b.Columns, b.Rows);
        Require.SameShape(k, n, inner, n, "op(B)");
        Require.SameShape(m, n, c.Rows, c.Columns, nameof(c));

        if (m == 0 || n == 0)
            return;
        if (k == 0 || alpha == T.Zero)
            Scale(c, beta);
        else
            Dispatch(new GemmProblem<T>(alpha, a, transposeA, b, transposeB, beta, c), threads);
    }

    private static void Dispatch<T>(in GemmProblem<T> problem, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            GemmJob<Simd512<T>, Vector512<T>, T>.Run(problem, threads);
        else if (Vector256.IsHardwareAccelerated)
            GemmJob<Simd256<T>, Vector256<T>, T>.Run(problem, threads);
        else if (Vector128.IsHardwareAccelerated)
            GemmJob<Simd128<T>, Vector128<T>, T>.Run(problem, threads);
        else
            GemmJob<SimdScalar<T>, T, T>.Run(problem, threads);
    }

    private static void Scale<T>(MatrixView<T> c, T beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < c.Rows; i++)
            VectorScale.Apply(c.Row(i), beta);
    }
}
