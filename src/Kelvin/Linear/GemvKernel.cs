using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>Matrix times vector, four rows of A at a time: as four inner products, or (transposed) as four multiples added to y.</summary>
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
        for (int i = 0; i < y.Length; i += 4)
        {
            Span<T> four = y.Slice(i, Math.Min(4, y.Length - i));
            (T s0, T s1, T s2, T s3) = FourInnerProducts(ref Unsafe.Add(ref a, i * stride), stride, four.Length, ref vector, x.Length);
            ReadOnlySpan<T> sums = [s0, s1, s2, s3];
            for (int r = 0; r < four.Length; r++)
                four[r] = beta == T.Zero ? alpha * sums[r] : T.MultiplyAddEstimate(alpha, sums[r], beta * four[r]);
        }
    }

    /// <summary>The inner products of up to four rows with x; the last row stands in for the missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (T First, T Second, T Third, T Fourth) FourInnerProducts(ref T a, nint stride, int rows, ref T x, nint length)
    {
        ref T a1 = ref Unsafe.Add(ref a, Math.Min(1, rows - 1) * stride);
        ref T a2 = ref Unsafe.Add(ref a, Math.Min(2, rows - 1) * stride);
        ref T a3 = ref Unsafe.Add(ref a, Math.Min(3, rows - 1) * stride);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        nint j = 0;
        for (; j <= length - TSimd.Lanes; j += TSimd.Lanes)
        {
            TVector factor = TSimd.Load(ref x, j);
            s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, j), factor, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Load(ref a1, j), factor, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Load(ref a2, j), factor, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Load(ref a3, j), factor, s3);
        }

        (T t0, T t1, T t2, T t3) = (TSimd.Sum(s0), TSimd.Sum(s1), TSimd.Sum(s2), TSimd.Sum(s3));
        for (; j < length; j++)
        {
            T factor = Unsafe.Add(ref x, j);
            t0 = T.MultiplyAddEstimate(Unsafe.Add(ref a, j), factor, t0);
            t1 = T.MultiplyAddEstimate(Unsafe.Add(ref a1, j), factor, t1);
            t2 = T.MultiplyAddEstimate(Unsafe.Add(ref a2, j), factor, t2);
            t3 = T.MultiplyAddEstimate(Unsafe.Add(ref a3, j), factor, t3);
        }

        return (t0, t1, t2, t3);
    }

    private static void AddRows(T alpha, ref T a, nint stride, ReadOnlySpan<T> x, T beta, Span<T> y)
    {
        VectorScale.Apply(y, beta);
        for (int j = 0; j < y.Length; j += ColumnBlock)
        {
            Span<T> block = y.Slice(j, Math.Min(ColumnBlock, y.Length - j));
            ref T column = ref Unsafe.Add(ref a, j);
            int i = 0;
            for (; i <= x.Length - 4; i += 4)
                AddFourRows(ref Unsafe.Add(ref column, i * stride), stride, alpha, x.Slice(i, 4), block);
            for (; i < x.Length; i++)
                AddFourRows(ref Unsafe.Add(ref column, i * stride), 0, alpha, [x[i], T.Zero, T.Zero, T.Zero], block);
        }
    }

    /// <summary>Adds alpha·x₀…x₃ times four rows to a block of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFourRows(ref T a, nint stride, T alpha, ReadOnlySpan<T> x, Span<T> block)
    {
        ref T a1 = ref Unsafe.Add(ref a, stride);
        ref T a2 = ref Unsafe.Add(ref a, 2 * stride);
        ref T a3 = ref Unsafe.Add(ref a, 3 * stride);
        ref T y = ref MemoryMarshal.GetReference(block);
        (T x0, T x1, T x2, T x3) = (alpha * x[0], alpha * x[1], alpha * x[2], alpha * x[3]);
        (TVector f0, TVector f1) = (TSimd.Broadcast(x0), TSimd.Broadcast(x1));
        (TVector f2, TVector f3) = (TSimd.Broadcast(x2), TSimd.Broadcast(x3));
        nint j = 0;
        for (; j <= block.Length - TSimd.Lanes; j += TSimd.Lanes)
        {
            TVector sum = TSimd.MultiplyAdd(TSimd.Load(ref a, j), f0, TSimd.Load(ref y, j));
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a1, j), f1, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a2, j), f2, sum);
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref a3, j), f3, sum), ref y, j);
        }

        for (; j < block.Length; j++)
        {
            T sum = T.MultiplyAddEstimate(Unsafe.Add(ref a, j), x0, Unsafe.Add(ref y, j));
            sum = T.MultiplyAddEstimate(Unsafe.Add(ref a1, j), x1, sum);
            sum = T.MultiplyAddEstimate(Unsafe.Add(ref a2, j), x2, sum);
            Unsafe.Add(ref y, j) = T.MultiplyAddEstimate(Unsafe.Add(ref a3, j), x3, sum);
        }
    }
}
