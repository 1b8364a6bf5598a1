using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>Matrix times vector, eight rows of A at a time, then four: as inner products, or (transposed) as multiples added to y.</summary>
/// <remarks>
/// Eight rows are eight streams that the hardware fetches ahead, and x or y, which come from the second-level cache by and by because A flows through the first,
/// are read an eighth as often: one row at a time ran at 0.65 of the read bandwidth, four at 0.8 to 0.95, eight at 0.95 to 1.05, sixteen at 0.6 to 0.8 (Zen 5).
/// </remarks>
internal static class GemvKernel<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements of y that stay in the second-level cache while rows pass over them; shorter runs of A cost a quarter of the speed.</summary>
    private const int ColumnBlock = 16384;

    /// <summary>y ← alpha·op(A)·x + beta·y; no size is 0.</summary>
    public static void Multiply(
        T alpha, ReadOnlyMatrixView<T> a, Transpose transposeA, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        ref T origin = ref MemoryMarshal.GetReference(a.Span);
        if (transposeA == Transpose.No)
            InnerProducts(alpha, ref origin, a.Stride, x, beta, y);
        else
            AddRows(alpha, ref origin, a.Stride, x, beta, y);
    }

    private static void InnerProducts(T alpha, ref T a, nint stride, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        ref T vector = ref MemoryMarshal.GetReference(x);
        Span<T> sums = stackalloc T[8];
        for (int i = 0; i < y.Length;)
        {
            ref T row = ref Unsafe.Add(ref a, i * stride);
            int rows = Math.Min(y.Length - i, y.Length - i >= 8 ? 8 : 4);
            if (rows == 8)
                RowProducts<TSimd, TVector, T>.Eight(ref row, stride, ref vector, x.Length, sums);
            else
                RowProducts<TSimd, TVector, T>.Four(ref row, stride, rows, ref vector, x.Length, sums);
            Span<T> results = y.Slice(i, rows);
            for (int r = 0; r < results.Length; r++)
                results[r] = beta == T.Zero ? alpha * sums[r] : T.MultiplyAddEstimate(alpha, sums[r], beta * results[r]);
            i += rows;
        }
    }

    private static void AddRows(T alpha, ref T a, nint stride, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        VectorScale.Apply(y, beta);
        for (int j = 0; j < y.Length; j += ColumnBlock)
        {
            Span<T> block = y.Slice(j, Math.Min(ColumnBlock, y.Length - j));
            ref T column = ref Unsafe.Add(ref a, j);
            int i = 0;
            for (; i <= x.Length - 8; i += 8)
                RowMultiples<TSimd, TVector, T>.AddEight(ref Unsafe.Add(ref column, i * stride), stride, alpha, x.Slice(i, 8), block);
            for (; i <= x.Length - 4; i += 4)
                RowMultiples<TSimd, TVector, T>.AddFour(ref Unsafe.Add(ref column, i * stride), stride, alpha, x.Slice(i, 4), block);
            for (; i < x.Length; i++)
                RowMultiples<TSimd, TVector, T>.AddFour(ref Unsafe.Add(ref column, i * stride), 0, alpha, [x[i], T.Zero, T.Zero, T.Zero], block);
        }
    }
}
