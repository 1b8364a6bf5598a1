using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Linear;

/// <summary>Multiplies a matrix by a vector.</summary>
public static class Gemv
{
    /// <summary>Sets y to alpha·op(A)·x + beta·y, where op(A) is A or Aᵀ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="alpha">Factor of the product. At 0 neither A nor x is read.</param>
    /// <param name="a">A, such that op(A) is [m, k].</param>
    /// <param name="transposeA">Whether op(A) is Aᵀ.</param>
    /// <param name="x">x, shape [k].</param>
    /// <param name="beta">Factor of the old y. At 0 the old y is not read, so NaN in it does no harm.</param>
    /// <param name="y">y, shape [m]. Must share no element with A or x, or the result is undefined.</param>
    /// <remarks>
    /// <para>yᵢ ← alpha·Σₗ op(A)ᵢₗ·xₗ + beta·yᵢ. An empty sum (k = 0) is 0.</para>
    /// <para>NaN and ±∞ in A go into the element of y whose sum they are part of; in x into all of them.</para>
    /// <para>Accuracy: |error| ≤ γ(k + 3)·(|alpha|·|op(A)|·|x| + |beta|·|y|), γ(n) = n·u/(1 − n·u), u = 2⁻²⁴ or 2⁻⁵³,
    /// while nothing overflows or becomes subnormal.</para>
    /// <para>Cost: A is read once, at the speed of the memory it lies in; nothing on the heap.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Multiply<T>(
        T alpha, ReadOnlyMatrixView<T> a, Transpose transposeA, ReadOnlySpan<T> x, T beta, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        (int m, int k) = transposeA == Transpose.No ? (a.Rows, a.Columns) : (a.Columns, a.Rows);
        Require.Length(x, k);
        Require.Length<T>(y, m);

        if (m == 0)
            return;
        if (k == 0 || alpha == T.Zero)
            VectorScale.Apply(y, beta);
        else if (Vector512.IsHardwareAccelerated && transposeA == Transpose.Yes)   // A's rows begin anywhere: memory gave 0.8 of its speed to 512 bits, 0.95 to 256
            GemvKernel<Simd512<T>, Vector512<T>, T>.Multiply(alpha, a, transposeA, x, beta, y);
        else if (Vector256.IsHardwareAccelerated)
            GemvKernel<Simd256<T>, Vector256<T>, T>.Multiply(alpha, a, transposeA, x, beta, y);
        else if (Vector128.IsHardwareAccelerated)
            GemvKernel<Simd128<T>, Vector128<T>, T>.Multiply(alpha, a, transposeA, x, beta, y);
        else
            GemvKernel<SimdScalar<T>, T, T>.Multiply(alpha, a, transposeA, x, beta, y);
    }
}
