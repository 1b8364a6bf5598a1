using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Linear;

/// <summary>Computes the inner products between the rows of a matrix.</summary>
public static class Gram
{
    /// <summary>Sets G to A·Aᵀ, symmetric to the bit.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="a">A, shape [n, d].</param>
    /// <param name="gram">G, shape [n, n]; what it held is not read. Must share no element with A, or the result is undefined.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads. The result is the same to the bit.</param>
    /// <remarks>
    /// <para>gᵢⱼ = Σₗ aᵢₗ·aⱼₗ. With d = 0, G is 0.</para>
    /// <para>NaN or ±∞ in row i of A goes into row i and column i of G only.</para>
    /// <para>Accuracy: |error| ≤ γ(d + 3)·|A|·|Aᵀ|, γ(n) = n·u/(1 − n·u), while nothing overflows or becomes subnormal.</para>
    /// <para>Cost: half of the product's 2·n²·d operations and the blocks on the diagonal; nothing on the heap once warm.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or threads is below 1.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Compute<T>(ReadOnlyMatrixView<T> a, MatrixView<T> gram, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Positive(threads);
        Require.SameShape(a.Rows, a.Rows, gram.Rows, gram.Columns, nameof(gram));

        if (a.Rows == 0)
            return;
        if (a.Columns == 0)
            Clear(gram);
        else
            Dispatch(new GemmProblem<T>(T.One, a, Transpose.No, a, Transpose.Yes, T.Zero, gram), threads);
    }

    private static void Dispatch<T>(in GemmProblem<T> problem, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            GramJob<Simd512<T>, Vector512<T>, T>.Run(problem, threads);
        else if (Vector256.IsHardwareAccelerated)
            GramJob<Simd256<T>, Vector256<T>, T>.Run(problem, threads);
        else if (Vector128.IsHardwareAccelerated)
            GramJob<Simd128<T>, Vector128<T>, T>.Run(problem, threads);
        else
            GramJob<SimdScalar<T>, T, T>.Run(problem, threads);
    }

    private static void Clear<T>(MatrixView<T> gram)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < gram.Rows; i++)
            gram.Row(i).Clear();
    }
}
