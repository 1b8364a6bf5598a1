using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>y ← y + alpha·Σᵣ xᵣ·aᵣ for neighbouring rows, added in their order whatever their number.</summary>
internal static class RowMultiples<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Vectors of a row from which on its beginning at a cache line is worth single numbers before.</summary>
    private const int LongRow = 32;

    /// <summary>Adds multiples of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddEight(ref T a, nint stride, T alpha, ReadOnlySpan<T> x, Span<T> block)
    {
        ref T a1 = ref Unsafe.Add(ref a, stride), a2 = ref Unsafe.Add(ref a, 2 * stride), a3 = ref Unsafe.Add(ref a, 3 * stride);
        ref T a4 = ref Unsafe.Add(ref a, 4 * stride), a5 = ref Unsafe.Add(ref a, 5 * stride), a6 = ref Unsafe.Add(ref a, 6 * stride);
        ref T a7 = ref Unsafe.Add(ref a, 7 * stride);
        ref T y = ref MemoryMarshal.GetReference(block);
        TVector f0 = TSimd.Broadcast(alpha * x[0]), f1 = TSimd.Broadcast(alpha * x[1]), f2 = TSimd.Broadcast(alpha * x[2]);
        TVector f3 = TSimd.Broadcast(alpha * x[3]), f4 = TSimd.Broadcast(alpha * x[4]), f5 = TSimd.Broadcast(alpha * x[5]);
        TVector f6 = TSimd.Broadcast(alpha * x[6]), f7 = TSimd.Broadcast(alpha * x[7]);
        nint j = BeforeLine(ref a, block.Length);
        if (j > 0)
            AddColumns(ref a, stride, alpha, x, block[..(int)j], 0);
        for (; j <= block.Length - TSimd.Lanes; j += TSimd.Lanes)
        {
            TVector sum = TSimd.MultiplyAdd(TSimd.Load(ref a, j), f0, TSimd.Load(ref y, j));
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a1, j), f1, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a2, j), f2, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a3, j), f3, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a4, j), f4, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a5, j), f5, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a6, j), f6, sum);
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref a7, j), f7, sum), ref y, j);
        }

        if (j < block.Length)
            AddColumns(ref a, stride, alpha, x, block, (int)j);
    }

    /// <summary>Adds multiples of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddFour(ref T a, nint stride, T alpha, ReadOnlySpan<T> x, Span<T> block)
    {
        ref T a1 = ref Unsafe.Add(ref a, stride), a2 = ref Unsafe.Add(ref a, 2 * stride), a3 = ref Unsafe.Add(ref a, 3 * stride);
        ref T y = ref MemoryMarshal.GetReference(block);
        TVector f0 = TSimd.Broadcast(alpha * x[0]), f1 = TSimd.Broadcast(alpha * x[1]);
        TVector f2 = TSimd.Broadcast(alpha * x[2]), f3 = TSimd.Broadcast(alpha * x[3]);
        nint j = BeforeLine(ref a, block.Length);
        if (j > 0)
            AddColumns(ref a, stride, alpha, x, block[..(int)j], 0);
        for (; j <= block.Length - TSimd.Lanes; j += TSimd.Lanes)
        {
            TVector sum = TSimd.MultiplyAdd(TSimd.Load(ref a, j), f0, TSimd.Load(ref y, j));
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a1, j), f1, sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(ref a2, j), f2, sum);
            TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(ref a3, j), f3, sum), ref y, j);
        }

        if (j < block.Length)
            AddColumns(ref a, stride, alpha, x, block, (int)j);
    }

    /// <summary>
    /// Elements of a long row before an address that is a multiple of the vector's size. Of the vectors of a row that begins elsewhere each lies in
    /// two cache lines, which cost a fifth of the bandwidth; an array's first element seldom begins a line. No sum is added up otherwise for it.
    /// </summary>
    private static unsafe nint BeforeLine(ref T a, int length)
    {
        int size = Unsafe.SizeOf<TVector>();
        int before = (int)((nuint)Unsafe.AsPointer(ref a) % (nuint)size);   // memory that the collector moves meanwhile costs speed only
        return length < LongRow * TSimd.Lanes || before == 0 ? 0 : (size - before) / Unsafe.SizeOf<T>();
    }

    /// <summary>The same for single columns from <paramref name="j"/> to the end of the block.</summary>
    private static void AddColumns(ref T a, nint stride, T alpha, ReadOnlySpan<T> x, Span<T> block, int j)
    {
        for (; j < block.Length; j++)
        {
            T sum = block[j];
            for (int r = 0; r < x.Length; r++)
                sum = T.MultiplyAddEstimate(Unsafe.Add(ref a, (r * stride) + j), alpha * x[r], sum);
            block[j] = sum;
        }
    }
}
