using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>Inner products of neighbouring rows with one vector; a row's has the same bits however many are computed together.</summary>
internal static class RowProducts<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>⟨aᵣ, x⟩ of eight rows, written to the first eight sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Eight(ref T a, nint stride, ref T x, nint length, Span<T> sums)
    {
        ref T a1 = ref Unsafe.Add(ref a, stride), a2 = ref Unsafe.Add(ref a, 2 * stride), a3 = ref Unsafe.Add(ref a, 3 * stride);
        ref T a4 = ref Unsafe.Add(ref a, 4 * stride), a5 = ref Unsafe.Add(ref a, 5 * stride), a6 = ref Unsafe.Add(ref a, 6 * stride);
        ref T a7 = ref Unsafe.Add(ref a, 7 * stride);
        TVector s0 = TSimd.Zero, s1 = TSimd.Zero, s2 = TSimd.Zero, s3 = TSimd.Zero;
        TVector s4 = TSimd.Zero, s5 = TSimd.Zero, s6 = TSimd.Zero, s7 = TSimd.Zero;
        nint j = 0;
        for (; j <= length - TSimd.Lanes; j += TSimd.Lanes)
        {
            TVector factor = TSimd.Load(ref x, j);
            s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, j), factor, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Load(ref a1, j), factor, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Load(ref a2, j), factor, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Load(ref a3, j), factor, s3);
            s4 = TSimd.MultiplyAdd(TSimd.Load(ref a4, j), factor, s4);
            s5 = TSimd.MultiplyAdd(TSimd.Load(ref a5, j), factor, s5);
            s6 = TSimd.MultiplyAdd(TSimd.Load(ref a6, j), factor, s6);
            s7 = TSimd.MultiplyAdd(TSimd.Load(ref a7, j), factor, s7);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (TSimd.Sum(s0), TSimd.Sum(s1), TSimd.Sum(s2), TSimd.Sum(s3));
        (sums[4], sums[5], sums[6], sums[7]) = (TSimd.Sum(s4), TSimd.Sum(s5), TSimd.Sum(s6), TSimd.Sum(s7));
        if (j < length)
            AddTail(ref a, stride, ref x, j, length, sums[..8]);
    }

    /// <summary>⟨aᵣ, x⟩ of one to four rows, written to the first four sums; the last row stands in for the missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(ref T a, nint stride, int rows, ref T x, nint length, Span<T> sums)
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

        (sums[0], sums[1], sums[2], sums[3]) = (TSimd.Sum(s0), TSimd.Sum(s1), TSimd.Sum(s2), TSimd.Sum(s3));
        if (j < length)
            AddTail(ref a, stride, ref x, j, length, sums[..rows]);
    }

    /// <summary>Adds the columns from <paramref name="j"/> on, which fill no vector.</summary>
    private static void AddTail(ref T a, nint stride, ref T x, nint j, nint length, Span<T> sums)
    {
        for (; j < length; j++)
        {
            T factor = Unsafe.Add(ref x, j);
            for (int r = 0; r < sums.Length; r++)
                sums[r] = T.MultiplyAddEstimate(Unsafe.Add(ref a, (r * stride) + j), factor, sums[r]);
        }
    }
}
