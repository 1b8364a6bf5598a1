using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>Inner products of a stored row with one vector or with two, to the same bits.</summary>
/// <remarks>
/// Four rows far apart are four streams, and the hardware fetches ahead of each: I8 read 0.9 of what two threads can read and all that one can, against 0.7 and 0.8
/// from row to row, and 0.4 from four neighbours at once, which share pages (Zen 5). Every row has two sums, whatever goes with it, so its bits are the same.
/// </remarks>
internal static class WeightKernel<TSimd, TVector, TStored, TFormat>
    where TSimd : struct, ISimd<TVector, float>
    where TVector : struct
    where TStored : unmanaged
    where TFormat : struct, IStoredFormat<TStored>
{
    /// <summary>Rows read at once, each from a quarter of its own.</summary>
    private const int Streams = 4;

    /// <summary>Bytes of a quarter below which rows are read one behind the other: in one page the hardware takes streams for one that jumps.</summary>
    private const int ShortestQuarter = 4096;

    /// <summary>How far ahead of each stream I8 is asked for: its bytes take four times the instructions to use, so that the machine sees less of what comes, and not beyond a page.</summary>
    private const int BytesAhead = 1536;

    /// <summary>⟨wᵢ, x⟩ for rows that lie one behind the other. One call for many rows: entering and leaving cost as much as a sixth of a row of 768 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ref TStored w, nint length, ref float x, Span<float> sums)
    {
        int quarter = sums.Length / Streams;
        if (quarter * length * Unsafe.SizeOf<TStored>() < ShortestQuarter)
            quarter = 0;
        nint apart = quarter * length;
        for (int i = 0; i < quarter; i++)
        {
            (sums[i], sums[i + quarter], sums[i + (2 * quarter)], sums[i + (3 * quarter)]) = Four(ref w, apart, length, ref x);
            w = ref Unsafe.Add(ref w, length);
        }

        w = ref Unsafe.Add(ref w, 3 * apart);
        for (int i = Streams * quarter; i < sums.Length; i++)
        {
            sums[i] = One(ref w, length, ref x);
            w = ref Unsafe.Add(ref w, length);
        }
    }

    /// <summary>⟨w, x⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float One(ref TStored w, nint length, ref float x)
    {
        TVector a = TSimd.Zero, b = TSimd.Zero;
        nint lanes = TSimd.Lanes;
        nint j = 0;
        for (; j <= length - (2 * lanes); j += 2 * lanes)
        {
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
            b = TSimd.MultiplyAdd(Load(ref w, j + lanes), TSimd.Load(ref x, j + lanes), b);
        }

        if (j <= length - lanes)
        {
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
            j += lanes;
        }

        return AddTail(TSimd.Sum(TSimd.Add(a, b)), ref w, length, ref x, j);
    }

    /// <summary>⟨w, x⟩ and ⟨w, y⟩, widening w once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float First, float Second) Two(ref TStored w, nint length, ref float x, ref float y)
    {
        TVector a = TSimd.Zero, b = TSimd.Zero, c = TSimd.Zero, d = TSimd.Zero;
        nint lanes = TSimd.Lanes;
        nint j = 0;
        for (; j <= length - (2 * lanes); j += 2 * lanes)
        {
            TVector first = Load(ref w, j), second = Load(ref w, j + lanes);
            a = TSimd.MultiplyAdd(first, TSimd.Load(ref x, j), a);
            c = TSimd.MultiplyAdd(first, TSimd.Load(ref y, j), c);
            b = TSimd.MultiplyAdd(second, TSimd.Load(ref x, j + lanes), b);
            d = TSimd.MultiplyAdd(second, TSimd.Load(ref y, j + lanes), d);
        }

        if (j <= length - lanes)
        {
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
            c = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref y, j), c);
            j += lanes;
        }

        return (AddTail(TSimd.Sum(TSimd.Add(a, b)), ref w, length, ref x, j), AddTail(TSimd.Sum(TSimd.Add(c, d)), ref w, length, ref y, j));
    }

    /// <summary>⟨w, x⟩ of four rows that lie <paramref name="apart"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float, float, float, float) Four(ref TStored w, nint apart, nint length, ref float x)
    {
        ref TStored w1 = ref Unsafe.Add(ref w, apart), w2 = ref Unsafe.Add(ref w, 2 * apart), w3 = ref Unsafe.Add(ref w, 3 * apart);
        TVector a = TSimd.Zero, a1 = TSimd.Zero, a2 = TSimd.Zero, a3 = TSimd.Zero;
        TVector b = TSimd.Zero, b1 = TSimd.Zero, b2 = TSimd.Zero, b3 = TSimd.Zero;
        nint lanes = TSimd.Lanes;
        nint j = 0;
        for (; j <= length - (2 * lanes); j += 2 * lanes)
        {
            if (Unsafe.SizeOf<TStored>() == 1)
            {
                CacheHint.Soon(ref Unsafe.Add(ref w, j + BytesAhead));
                CacheHint.Soon(ref Unsafe.Add(ref w1, j + BytesAhead));
                CacheHint.Soon(ref Unsafe.Add(ref w2, j + BytesAhead));
                CacheHint.Soon(ref Unsafe.Add(ref w3, j + BytesAhead));
            }

            TVector first = TSimd.Load(ref x, j), second = TSimd.Load(ref x, j + lanes);
            a = TSimd.MultiplyAdd(Load(ref w, j), first, a);
            a1 = TSimd.MultiplyAdd(Load(ref w1, j), first, a1);
            a2 = TSimd.MultiplyAdd(Load(ref w2, j), first, a2);
            a3 = TSimd.MultiplyAdd(Load(ref w3, j), first, a3);
            b = TSimd.MultiplyAdd(Load(ref w, j + lanes), second, b);
            b1 = TSimd.MultiplyAdd(Load(ref w1, j + lanes), second, b1);
            b2 = TSimd.MultiplyAdd(Load(ref w2, j + lanes), second, b2);
            b3 = TSimd.MultiplyAdd(Load(ref w3, j + lanes), second, b3);
        }

        if (j <= length - lanes)
        {
            TVector first = TSimd.Load(ref x, j);
            a = TSimd.MultiplyAdd(Load(ref w, j), first, a);
            a1 = TSimd.MultiplyAdd(Load(ref w1, j), first, a1);
            a2 = TSimd.MultiplyAdd(Load(ref w2, j), first, a2);
            a3 = TSimd.MultiplyAdd(Load(ref w3, j), first, a3);
            j += lanes;
        }

        return (
            AddTail(TSimd.Sum(TSimd.Add(a, b)), ref w, length, ref x, j),
            AddTail(TSimd.Sum(TSimd.Add(a1, b1)), ref w1, length, ref x, j),
            AddTail(TSimd.Sum(TSimd.Add(a2, b2)), ref w2, length, ref x, j),
            AddTail(TSimd.Sum(TSimd.Add(a3, b3)), ref w3, length, ref x, j));
    }

    /// <summary>Adds the products from <paramref name="j"/> on, which fill no vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddTail(float sum, ref TStored w, nint length, ref float x, nint j)
    {
        for (; j < length; j++)
            sum = float.MultiplyAddEstimate(TFormat.Widen(Unsafe.Add(ref w, j)), Unsafe.Add(ref x, j), sum);
        return sum;
    }

    /// <summary>Widens a row.</summary>
    public static void Widen(ReadOnlySpan<TStored> row, Span<float> destination)
    {
        ref TStored w = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(row);
        ref float y = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(destination);
        nint j = 0;
        for (; j <= row.Length - TSimd.Lanes; j += TSimd.Lanes)
            TSimd.Store(Load(ref w, j), ref y, j);
        for (; j < row.Length; j++)
            Unsafe.Add(ref y, j) = TFormat.Widen(Unsafe.Add(ref w, j));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load(ref TStored w, nint offset) => StoredVector<TVector, TStored, TFormat>.Load(ref w, offset);
}
