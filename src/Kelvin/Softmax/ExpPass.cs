using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The one loop that maps z to e = exp((z − M)/T) and sums as it goes.</summary>
internal static class ExpPass<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements handled between two looks at the maximum.</summary>
    public static int Group => 4 * TLanes.Count;

    /// <summary>Elements handled by one step: four vectors or, where so many would not fit the registers, two.</summary>
    public static nuint Stride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (nuint)(TLanes.AreFew ? 2 : 4) * (nuint)TLanes.Count;
    }

    /// <summary>Handles a block of any length that starts <paramref name="start"/> entries into its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int start, in RowScale<T> scale, T centre, ref RowMoments row, out RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        int whole = z.Length - (z.Length % Group);
        if (whole == z.Length)
        {
            Whole<TMode>(z, e, start, in scale, centre, ref row, out sums);
            return;
        }

        sums = RowSums<T>.None;
        if (whole > 0)
            Whole<TMode>(z[..whole], e, start, in scale, centre, ref row, out sums);   // first: it may hold the first maximum
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
        Groups<TMode, ShiftedExp<TLanes, T>>(padded, padded, start, in scale, centre, ref row, out RowSums<T> rest);
        sums.Add(in rest);
        if (TMode.Stores)
            padded[..z.Length].CopyTo(e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Whole<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int start, in RowScale<T> scale, T centre, ref RowMoments row, out RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        if (TLanes.HasPowers && scale.IsNarrow)
            Groups<TMode, NarrowExp<TLanes, T>>(z, e, start, in scale, centre, ref row, out sums);
        else if (TLanes.HasPowersOfBits && scale.IsNarrow)
            Groups<TMode, NormalExp<TLanes, T>>(z, e, start, in scale, centre, ref row, out sums);
        else
            Groups<TMode, ShiftedExp<TLanes, T>>(z, e, start, in scale, centre, ref row, out sums);
    }

    // Optimised from the first call on: unoptimised, a loop over vectors is fifty times slower. Inlined, it would use up what may be inlined into it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Groups<TMode, TExp>(
        ReadOnlySpan<T> logits, Span<T> exps, int start, in RowScale<T> scale, T middle, ref RowMoments row, out RowSums<T> total)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        ref readonly T z = ref logits[0];
        ref T e = ref Unsafe.AsRef(in TMode.Stores ? ref exps[0] : ref z);
        nuint length = (nuint)logits.Length, stride = Stride;
        TExp exp = TExp.Of(in scale);
        bool isCentred = middle != T.Zero;
        TLanes centre = TLanes.All(middle), highest = TLanes.All(T.NegativeInfinity);
        TLanes sum = default, weighted = default, deviations0 = default, deviations1 = default, squares0 = default, squares1 = default;
        for (nuint i = 0; i < length; i += stride)
        {
            Step<TMode, TExp>(
                in z, ref e, i, start, exp, in scale, centre, isCentred, ref row, ref highest, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
        }

        Unsafe.SkipInit(out total);
        total.Set(TLanes.Sums(sum, weighted, deviations0 + deviations1, squares0 + squares1), TMode.HasMoments ? TLanes.Highest(highest) : default);
    }

    /// <summary>One bit an entry of a group, the first lowest: whether it is equal to the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(TLanes z0, TLanes z1, TLanes z2, TLanes z3, TLanes max) =>
        TLanes.EqualBits(z0, max)
        | (TLanes.EqualBits(z1, max) << TLanes.Count)
        | (TLanes.EqualBits(z2, max) << (2 * TLanes.Count))
        | (TLanes.EqualBits(z3, max) << (3 * TLanes.Count));

    /// <summary>Takes a few vectors of z, <paramref name="i"/> entries after the start, to e, writes them and adds them up: Σ e, Σ e (y − c), Σ e (y − c)², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<TMode, TExp>(
        ref readonly T z,
        ref T e,
        nuint i,
        int start,
        TExp exp,
        in RowScale<T> scale,
        TLanes centre,
        bool isCentred,
        ref RowMoments row,
        ref TLanes highest,
        ref TLanes sum,
        ref TLanes weighted,
        ref TLanes deviations0,
        ref TLanes deviations1,
        ref TLanes squares0,
        ref TLanes squares1)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes e0 = TLanes.Load(in z, i), e1 = TLanes.Load(in z, i + lanes);
        if (TLanes.AreFew)
        {
            if (TMode.LeavesOutMax)
                LeaveOut<TMode, TExp>(ref e0, ref e1, exp.Max, in scale, start + (int)i, ref row, ref highest);
            Pair<TMode, TExp>(e0, e1, ref e, i, exp, centre, isCentred, ref sum, ref weighted, ref deviations0, ref squares0);
            return;
        }

        TLanes e2 = TLanes.Load(in z, i + (2 * lanes)), e3 = TLanes.Load(in z, i + (3 * lanes));
        if (TMode.LeavesOutMax)
            LeaveOut<TMode, TExp>(ref e0, ref e1, ref e2, ref e3, exp.Max, in scale, start + (int)i, ref row, ref highest);
        exp.Map(ref e0, ref e1, ref e2, ref e3, out TLanes y0, out TLanes y1, out TLanes y2, out TLanes y3);
        if (TMode.Stores)
        {
            e0.Store(ref e, i);
            e1.Store(ref e, i + lanes);
            e2.Store(ref e, i + (2 * lanes));
            e3.Store(ref e, i + (3 * lanes));
        }

        if (TMode.HasMoments && isCentred)
        {
            y0 -= centre;
            y1 -= centre;
            y2 -= centre;
            y3 -= centre;
        }

        AddUp<TMode>(e0, e1, e2, e3, y0, y1, y2, y3, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
    }

    /// <summary>The first largest entry of the row, if it is in this group that starts <paramref name="start"/> entries into the row, is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LeaveOut<TMode, TExp>(ref TLanes z0, ref TLanes z1, ref TLanes z2, ref TLanes z3, TLanes max, in RowScale<T> scale, int start, ref RowMoments row, ref TLanes highest)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        TLanes top = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
        if (TLanes.AnyEqual(top, max))
        {
            TLanes found = Find(EqualBits(z0, z1, z2, z3, max), start, ref row), leftOut = TExp.LeftOut(in scale);
            z0 = TLanes.Without(z0, found, 0, leftOut);
            z1 = TLanes.Without(z1, found, TLanes.Count, leftOut);
            z2 = TLanes.Without(z2, found, 2 * TLanes.Count, leftOut);
            z3 = TLanes.Without(z3, found, 3 * TLanes.Count, leftOut);
            top = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
        }

        if (TMode.HasMoments)
            highest = TLanes.Max(top, highest);
    }

    /// <summary>The same of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LeaveOut<TMode, TExp>(ref TLanes z0, ref TLanes z1, TLanes max, in RowScale<T> scale, int start, ref RowMoments row, ref TLanes highest)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        TLanes top = TLanes.Max(z0, z1);
        if (TLanes.AnyEqual(top, max))
        {
            TLanes found = Find(TLanes.EqualBits(z0, max) | (TLanes.EqualBits(z1, max) << TLanes.Count), start, ref row), leftOut = TExp.LeftOut(in scale);
            z0 = TLanes.Without(z0, found, 0, leftOut);
            z1 = TLanes.Without(z1, found, TLanes.Count, leftOut);
            top = TLanes.Max(z0, z1);
        }

        if (TMode.HasMoments)
            highest = TLanes.Max(top, highest);
    }

    /// <summary>Two vectors from z to the sums: four would not fit the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TMode, TExp>(
        TLanes e0, TLanes e1, ref T e, nuint i, TExp exp, TLanes centre, bool isCentred, ref TLanes sum, ref TLanes weighted, ref TLanes deviations, ref TLanes squares)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        exp.Map(ref e0, ref e1, out TLanes y0, out TLanes y1);
        if (TMode.Stores)
        {
            e0.Store(ref e, i);
            e1.Store(ref e, i + (nuint)TLanes.Count);
        }

        if (TMode.HasMoments && isCentred)
        {
            y0 -= centre;
            y1 -= centre;
        }

        AddUp<TMode>(e0, e1, y0, y1, ref sum, ref weighted, ref deviations, ref squares);
    }

    /// <summary>Adds up two vectors of e at y: Σ e, Σ e y, Σ e y², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUp<TMode>(TLanes e0, TLanes e1, TLanes y0, TLanes y1, ref TLanes sum, ref TLanes weighted, ref TLanes deviations, ref TLanes squares)
        where TMode : struct, IRowMode
    {
        sum += e0 + e1;
        if (!TMode.HasMoments)
            return;

        TLanes m0 = e0 * y0, m1 = e1 * y1;
        weighted += m0 + m1;
        deviations = TLanes.MultiplyAdd(m0, y0, TLanes.MultiplyAdd(m1, y1, deviations));
        squares = TLanes.MultiplyAdd(e0, e0, TLanes.MultiplyAdd(e1, e1, squares));
    }

    /// <summary>Adds up four vectors of e at y: Σ e, Σ e y, Σ e y², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUp<TMode>(
        TLanes e0,
        TLanes e1,
        TLanes e2,
        TLanes e3,
        TLanes y0,
        TLanes y1,
        TLanes y2,
        TLanes y3,
        ref TLanes sum,
        ref TLanes weighted,
        ref TLanes deviations0,
        ref TLanes deviations1,
        ref TLanes squares0,
        ref TLanes squares1)
        where TMode : struct, IRowMode
    {
        sum += (e0 + e1) + (e2 + e3);
        if (!TMode.HasMoments)
            return;

        TLanes m0 = e0 * y0, m1 = e1 * y1, m2 = e2 * y2, m3 = e3 * y3;
        weighted += (m0 + m1) + (m2 + m3);
        deviations0 = TLanes.MultiplyAdd(m0, y0, TLanes.MultiplyAdd(m1, y1, deviations0));
        deviations1 = TLanes.MultiplyAdd(m2, y2, TLanes.MultiplyAdd(m3, y3, deviations1));
        squares0 = TLanes.MultiplyAdd(e0, e0, TLanes.MultiplyAdd(e1, e1, squares0));
        squares1 = TLanes.MultiplyAdd(e2, e2, TLanes.MultiplyAdd(e3, e3, squares1));
    }

    /// <summary>Counts the entries equal to the maximum; the place in the group of the first of the row, or −1 if it lies before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]   // a call would spill every sum in the loop
    private static TLanes Find(ulong equal, int start, ref RowMoments row)
    {
        row.Ties += BitOperations.PopCount(equal);
        if (row.ArgMax >= 0)
            return TLanes.All(-1.0);

        int place = BitOperations.TrailingZeroCount(equal);
        row.ArgMax = start + place;
        return TLanes.All((double)place);
    }
}
