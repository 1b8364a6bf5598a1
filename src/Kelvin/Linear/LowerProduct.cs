using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Linear;

/// <summary>Computes the part of a product that lies on and below a diagonal, for results known to be symmetric.</summary>
internal static class LowerProduct
{
    /// <summary>Sets cᵢⱼ to alpha·Σₗ aᵢₗ·bⱼₗ + beta·cᵢⱼ for all j ≤ i + reach, on the caller alone.</summary>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">A, shape [m, k], m and k ≥ 1.</param>
    /// <param name="b">B, shape [n, k], n ≥ 1.</param>
    /// <param name="beta">Factor of the old C; at 0 it is not read.</param>
    /// <param name="c">C, shape [m, n]. Beyond the diagonal it may be left, or overwritten.</param>
    /// <param name="reach">Which diagonal: row i is wanted as far as column i + reach.</param>
    /// <remarks>Every element is the same to the bit as that of <see cref="Gemm"/>. Cost: its own part of the product's, and the tiles that the diagonal crosses.</remarks>
    public static void Compute<T>(T alpha, ReadOnlyMatrixView<T> a, ReadOnlyMatrixView<T> b, T beta, MatrixView<T> c, int reach)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var problem = new GemmProblem<T>(alpha, a, Transpose.No, b, Transpose.Yes, beta, c);
        if (Vector512.IsHardwareAccelerated)
            GemmBlocks<Simd512<T>, Vector512<T>, T>.Multiply(problem, 0, c.Rows, 0, c.Columns, reach);
        else if (Vector256.IsHardwareAccelerated)
            GemmBlocks<Simd256<T>, Vector256<T>, T>.Multiply(problem, 0, c.Rows, 0, c.Columns, reach);
        else if (Vector128.IsHardwareAccelerated)
            GemmBlocks<Simd128<T>, Vector128<T>, T>.Multiply(problem, 0, c.Rows, 0, c.Columns, reach);
        else
            GemmBlocks<SimdScalar<T>, T, T>.Multiply(problem, 0, c.Rows, 0, c.Columns, reach);
    }
}
