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

    /// <summary>⟨aᵢ, x⟩ of as many rows as there are sums.</summary>
    public static void Products(ref T a, nint stride, ref T x, nint length, Span<T> sums)
    {
        for (; sums.Length >= 8; sums = sums[8..])
        {
            RowProducts<TSimd, TVector, T>.Eight(ref a, stride, ref x, length, sums);
            a = ref Unsafe.Add(ref a, 8 * stride);
        }

        Span<T> four = stackalloc T[4];
        for (; sums.Length > 0; sums = sums[Math.Min(4, sums.Length)..])
        {
            int rows = Math.Min(4, sums.Length);
            RowProducts<TSimd, TVector, T>.Four(ref a, stride, rows, ref x, length, four);
            four[..rows].CopyTo(sums);
            a = ref Unsafe.Add(ref a, 4 * stride);
        }
    }

    /// <summary>y ← y + alpha·Σᵢ xᵢ·aᵢ.</summary>
    public static void AddMultiples(ref T a, nint stride, T alpha, ReadOnlySpan<T> x, Span<T> y)
    {
        int i = 0;
        for (; i <= x.Length - 8; i += 8)
            RowMultiples<TSimd, TVector, T>.AddEight(ref Unsafe.Add(ref a, i * stride), stride, alpha, x.Slice(i, 8), y);
        for (; i <= x.Length - 4; i += 4)
            RowMultiples<TSimd, TVector, T>.AddFour(ref Unsafe.Add(ref a, i * stride), stride, alpha, x.Slice(i, 4), y);
        for (; i < x.Length; i++)
            RowMultiples<TSimd, TVector, T>.AddFour(ref Unsafe.Add(ref a, i * stride), 0, alpha, [x[i], T.Zero, T.Zero, T.Zero], y);
    }

    private static void InnerProducts(T alpha, ref T a, nint stride, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        ref T vector = ref MemoryMarshal.GetReference(x);
        Span<T> sums = stackalloc T[8];
        for (int i = 0; i < y.Length; i += 8)
        {
            Span<T> results = y.Slice(i, Math.Min(8, y.Length - i));
            Products(ref Unsafe.Add(ref a, i * stride), stride, ref vector, x.Length, sums[..results.Length]);
            for (int r = 0; r < results.Length; r++)
                results[r] = beta == T.Zero ? alpha * sums[r] : T.MultiplyAddEstimate(alpha, sums[r], beta * results[r]);
        }
    }

    private static void AddRows(T alpha, ref T a, nint stride, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        VectorScale.Apply(y, beta);
        for (int j = 0; j < y.Length; j += ColumnBlock)
            AddMultiples(ref Unsafe.Add(ref a, j), stride, alpha, x, y.Slice(j, Math.Min(ColumnBlock, y.Length - j)));
    }
}
