using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Weights;

/// <summary>Inner products of a stored row with one vector or with two, to the same bits.</summary>
/// <remarks>
/// One row at a time keeps the memory one stream, which the hardware fetches ahead: with four rows at once, BF16 and I8 ran at three
/// quarters of the speed. Four sums hide the latency of the multiply-add.
/// </remarks>
internal static class WeightKernel<TSimd, TVector, TStored, TFormat>
    where TSimd : struct, ISimd<TVector, float>
    where TVector : struct
    where TStored : unmanaged
    where TFormat : struct, IStoredFormat<TStored>
{
    /// <summary>⟨wᵢ, x⟩ for rows that lie one behind the other. One call for many rows: entering and leaving cost as much as a sixth of a row of 768 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ref TStored w, nint length, ref float x, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = One(ref w, length, ref x);
            w = ref Unsafe.Add(ref w, length);
        }
    }

    /// <summary>⟨w, x⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float One(ref TStored w, nint length, ref float x)
    {
        TVector a = TSimd.Zero, b = TSimd.Zero, c = TSimd.Zero, d = TSimd.Zero;
        nint lanes = TSimd.Lanes;
        nint j = 0;
        for (; j <= length - (4 * lanes); j += 4 * lanes)
        {
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
            b = TSimd.MultiplyAdd(Load(ref w, j + lanes), TSimd.Load(ref x, j + lanes), b);
            c = TSimd.MultiplyAdd(Load(ref w, j + (2 * lanes)), TSimd.Load(ref x, j + (2 * lanes)), c);
            d = TSimd.MultiplyAdd(Load(ref w, j + (3 * lanes)), TSimd.Load(ref x, j + (3 * lanes)), d);
        }

        for (; j <= length - lanes; j += lanes)
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
        float sum = TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)));
        for (; j < length; j++)
            sum = float.MultiplyAddEstimate(TFormat.Widen(Unsafe.Add(ref w, j)), Unsafe.Add(ref x, j), sum);
        return sum;
    }

    /// <summary>⟨w, x⟩ and ⟨w, y⟩, widening w once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float First, float Second) Two(ref TStored w, nint length, ref float x, ref float y)
    {
        TVector a = TSimd.Zero, b = TSimd.Zero, c = TSimd.Zero, d = TSimd.Zero;
        TVector e = TSimd.Zero, f = TSimd.Zero, g = TSimd.Zero, h = TSimd.Zero;
        nint lanes = TSimd.Lanes;
        nint j = 0;
        for (; j <= length - (4 * lanes); j += 4 * lanes)
        {
            TVector first = Load(ref w, j), second = Load(ref w, j + lanes);
            a = TSimd.MultiplyAdd(first, TSimd.Load(ref x, j), a);
            e = TSimd.MultiplyAdd(first, TSimd.Load(ref y, j), e);
            b = TSimd.MultiplyAdd(second, TSimd.Load(ref x, j + lanes), b);
            f = TSimd.MultiplyAdd(second, TSimd.Load(ref y, j + lanes), f);
            TVector third = Load(ref w, j + (2 * lanes)), fourth = Load(ref w, j + (3 * lanes));
            c = TSimd.MultiplyAdd(third, TSimd.Load(ref x, j + (2 * lanes)), c);
            g = TSimd.MultiplyAdd(third, TSimd.Load(ref y, j + (2 * lanes)), g);
            d = TSimd.MultiplyAdd(fourth, TSimd.Load(ref x, j + (3 * lanes)), d);
            h = TSimd.MultiplyAdd(fourth, TSimd.Load(ref y, j + (3 * lanes)), h);
        }

        for (; j <= length - lanes; j += lanes)
        {
            a = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref x, j), a);
            e = TSimd.MultiplyAdd(Load(ref w, j), TSimd.Load(ref y, j), e);
        }

        float sum = TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)));
        float other = TSimd.Sum(TSimd.Add(TSimd.Add(e, f), TSimd.Add(g, h)));
        for (; j < length; j++)
        {
            float weight = TFormat.Widen(Unsafe.Add(ref w, j));
            sum = float.MultiplyAddEstimate(weight, Unsafe.Add(ref x, j), sum);
            other = float.MultiplyAddEstimate(weight, Unsafe.Add(ref y, j), other);
        }

        return (sum, other);
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
