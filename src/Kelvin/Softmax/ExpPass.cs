using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The one loop that maps z to e = exp((z − M)/T) and sums as it goes.</summary>
internal static class ExpPass<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements handled between two looks at the maximum.</summary>
    public static int Group => 4 * TLanes.Count;

    /// <summary>Handles a block of any length that starts <paramref name="start"/> entries into its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int start, in RowScale<T> scale, T centre, ref RowMoments row, out RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        int whole = z.Length - (z.Length % Group);
        if (whole == z.Length)
        {
            Groups<TMode>(z, e, start, in scale, centre, ref row, out sums);
            return;
        }

        sums = RowSums<T>.None;
        if (whole > 0)
            Groups<TMode>(z[..whole], e, start, in scale, centre, ref row, out sums);   // first: it may hold the first maximum
        Rest<TMode>(z[whole..], TMode.Stores ? e[whole..] : e, start + whole, in scale, centre, ref row, ref sums);
    }

    /// <summary>Fewer than a group: padded with −∞, which adds nothing.</summary>
    private static void Rest<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int start, in RowScale<T> scale, T centre, ref RowMoments row, ref RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        Span<T> padded = stackalloc T[Group];
        padded[z.Length..].Fill(T.NegativeInfinity);
        z.CopyTo(padded);
        Groups<TMode>(padded, padded, start, in scale, centre, ref row, out RowSums<T> rest);
        sums.Add(rest with { HasMasks = z.Contains(T.NegativeInfinity) });
        if (TMode.Stores)
            padded[..z.Length].CopyTo(e);
    }

    // Optimised from the first call on: unoptimised, a loop over vectors is fifty times slower.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Groups<TMode>(
        ReadOnlySpan<T> logits, Span<T> exps, int start, in RowScale<T> scale, T middle, ref RowMoments row, out RowSums<T> total)
        where TMode : struct, IRowMode
    {
        ref readonly T z = ref logits[0];
        ref T e = ref Unsafe.AsRef(in TMode.Stores ? ref exps[0] : ref z);
        nuint lanes = (nuint)TLanes.Count;
        var exp = new ShiftedExp<TLanes, T>(in scale);
        TLanes max = TLanes.All(scale.Max), centre = TLanes.All(middle), highest = TLanes.All(T.NegativeInfinity), lowest = default;
        TLanes sum = default, weighted = default, deviations = default, squares = default;
        for (nuint i = 0; i < (nuint)logits.Length; i += 4 * lanes)
        {
            TLanes z0 = TLanes.Load(in z, i);
            TLanes z1 = TLanes.Load(in z, i + lanes);
            TLanes z2 = TLanes.Load(in z, i + (2 * lanes));
            TLanes z3 = TLanes.Load(in z, i + (3 * lanes));
            if (TMode.HasMoments)
                lowest = TLanes.Min(TLanes.Min(TLanes.Min(z0, z1), TLanes.Min(z2, z3)), lowest);
            if (TMode.LeavesOutMax)
            {
                TLanes top = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
                if (TLanes.AnyEqual(top, max))
                {
                    TLanes found = Find(z0, z1, z2, z3, max, start + (int)i, ref row);
                    z0 = TLanes.Without(z0, found, 0);
                    z1 = TLanes.Without(z1, found, TLanes.Count);
                    z2 = TLanes.Without(z2, found, 2 * TLanes.Count);
                    z3 = TLanes.Without(z3, found, 3 * TLanes.Count);
                    top = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
                }

                highest = TMode.HasMoments ? TLanes.Max(top, highest) : highest;
            }

            TLanes e0 = Step<TMode>(z0, ref e, i, exp, centre, out TLanes m0, ref deviations, ref squares);
            TLanes e1 = Step<TMode>(z1, ref e, i + lanes, exp, centre, out TLanes m1, ref deviations, ref squares);
            TLanes e2 = Step<TMode>(z2, ref e, i + (2 * lanes), exp, centre, out TLanes m2, ref deviations, ref squares);
            TLanes e3 = Step<TMode>(z3, ref e, i + (3 * lanes), exp, centre, out TLanes m3, ref deviations, ref squares);
            sum += (e0 + e1) + (e2 + e3);
            weighted = TMode.HasMoments ? weighted + ((m0 + m1) + (m2 + m3)) : weighted;
        }

        Vector256<double> sums = TLanes.Sums(sum, weighted, deviations, squares);
        total.Sum = sums[0];
        total.Weighted = sums[1];
        total.Deviations = sums[2];
        total.Squares = sums[3];
        total.Highest = TMode.HasMoments ? TLanes.Highest(highest) : default;
        total.HasMasks = TMode.HasMoments && TLanes.AnyEqual(lowest, TLanes.All(T.NegativeInfinity));
    }

    /// <summary>One bit an entry of a group, the first lowest: whether it is equal to the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(TLanes z0, TLanes z1, TLanes z2, TLanes z3, TLanes max) =>
        TLanes.EqualBits(z0, max)
        | (TLanes.EqualBits(z1, max) << TLanes.Count)
        | (TLanes.EqualBits(z2, max) << (2 * TLanes.Count))
        | (TLanes.EqualBits(z3, max) << (3 * TLanes.Count));

    /// <summary>e; and e (y − c) in <paramref name="moment"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Step<TMode>(
        TLanes z, ref T destination, nuint offset, ShiftedExp<TLanes, T> exp, TLanes centre, out TLanes moment, ref TLanes deviations, ref TLanes squares)
        where TMode : struct, IRowMode
    {
        TLanes e = exp.Map(z, out TLanes y);
        if (TMode.Stores)
            e.Store(ref destination, offset);
        moment = default;
        if (!TMode.HasMoments)
            return e;

        TLanes fromCentre = y - centre;
        moment = e * fromCentre;
        deviations = TLanes.MultiplyAdd(moment, fromCentre, deviations);
        squares = TLanes.MultiplyAdd(e, e, squares);
        return e;
    }

    /// <summary>Counts the entries equal to the maximum; the place in the group of the first of the row, or −1 if it lies before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]   // a call would spill every sum in the loop
    private static TLanes Find(TLanes z0, TLanes z1, TLanes z2, TLanes z3, TLanes max, int start, ref RowMoments row)
    {
        ulong equal = EqualBits(z0, z1, z2, z3, max);
        row.Ties += BitOperations.PopCount(equal);
        if (row.ArgMax >= 0)
            return TLanes.All(-1.0);

        int place = BitOperations.TrailingZeroCount(equal);
        row.ArgMax = start + place;
        return TLanes.All((double)place);
    }
}
