using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Rows of a few vectors, several at a time: stage after stage over all of them, since within one short row each stage
/// waits for the one before. Shorter ones are padded with −∞.</summary>
internal static class ShortRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Longest row: one group of vectors, or as many as make 64 entries where vectors are narrow.</summary>
    public static int Longest => TLanes.AreFew ? Math.Max(Group, 64) : Group;

    private static int Group => ExpPass<TLanes, T>.Group;

    /// <summary>The statistics of a batch of rows of at most <see cref="Longest"/> entries, and their probabilities; false where one of them needs more care.</summary>
    [SkipLocalsInit]
    public static bool TryForward<TMode>(
        ReadOnlySpan<T> z, int zStride, int columns, double temperature, ref RowScale<T> scale, Span<T> p, int pStride, Span<SoftmaxStatistics> statistics)
        where TMode : struct, IRowMode
    {
        int whole = TLanes.AreFew ? (columns + Group - 1) / Group * Group : Longest;
        if (columns == whole)
            return TryWhole<TMode>(z, zStride, columns, whole, temperature, ref scale, p, pStride, statistics);

        Span<T> padded = stackalloc T[(RowDescriptions.Batch * Longest) + TLanes.Count];
        padded = padded[(int)Sweep<TLanes, T>.ToAlignment(in padded[0])..];
        padded.Fill(T.NegativeInfinity);   // adds nothing, and is counted as a mask
        for (int r = 0; r < statistics.Length; r++)
            z.Slice(r * zStride, columns).CopyTo(padded[(r * whole)..]);
        return TryWhole<TMode>(padded, whole, columns, whole, temperature, ref scale, p, pStride, statistics);
    }

    /// <summary>The same where <paramref name="whole"/> entries, some groups, can be read of each row, and <paramref name="columns"/> written.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool TryWhole<TMode>(
        ReadOnlySpan<T> z, int zStride, int columns, int whole, double temperature, ref RowScale<T> scale, Span<T> p, int pStride, Span<SoftmaxStatistics> statistics)
        where TMode : struct, IRowMode
    {
        int length = TLanes.AreFew ? whole : Longest;
        Span<T> exps = stackalloc T[(TMode.Stores ? RowDescriptions.Batch * Longest : Longest) + TLanes.Count];
        exps = exps[(int)Sweep<TLanes, T>.ToAlignment(in exps[0])..];   // for the reason of CacheLine
        Span<ShortRowsRoom<T>> rooms = stackalloc ShortRowsRoom<T>[2];   // one, and a line of the cache
        ref ShortRowsRoom<T> room = ref CacheLine.First(rooms);
        int rows = statistics.Length;
        if (rows < RowDescriptions.Batch)
            room = default;
        nuint lanes = (nuint)TLanes.Count;
        TLanes least = TLanes.All(T.PositiveInfinity);
        T most = T.NegativeInfinity;
        for (int r = 0; r < rows; r++)
        {
            ref readonly T logits = ref z[r * zStride];
            TLanes z0 = TLanes.Load(in logits, 0), z1 = TLanes.Load(in logits, lanes), z2 = TLanes.Load(in logits, 2 * lanes), z3 = TLanes.Load(in logits, 3 * lanes);
            TLanes top = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
            least = TLanes.Min(TLanes.Min(TLanes.Min(z0, z1), TLanes.Min(z2, z3)), least);
            for (nuint i = 4 * lanes; TLanes.AreFew && i < (nuint)length; i += 2 * lanes)
            {
                TLanes even = TLanes.Load(in logits, i), odd = TLanes.Load(in logits, i + lanes);
                top = TLanes.Max(TLanes.Max(even, odd), top);
                least = TLanes.Min(TLanes.Min(even, odd), least);
            }

            T max = TLanes.Highest(top);
            room.Maxima[r] = max;
            most = T.MaxNative(most, max);
        }

        scale.Begin(most, TLanes.Lowest(least));
        if (TLanes.HasPowers && scale.IsNarrow)
            Exps<TMode, NarrowExp<TLanes, T>>(z, zStride, length, rows, ref scale, exps, ref room);
        else if (TLanes.HasPowersOfBits && scale.IsNarrow)
            Exps<TMode, NormalExp<TLanes, T>>(z, zStride, length, rows, ref scale, exps, ref room);
        else
            Exps<TMode, ShiftedExp<TLanes, T>>(z, zStride, length, rows, ref scale, exps, ref room);
        if (!room.TryFinish(Blocks<TLanes, T>.WorstCondition, scale.Beta, out RowColumns moments))
            return false;

        if (TMode.Stores)
        {
            for (int r = 0; r < rows; r++)
                Scale(in exps[r * length], T.CreateTruncating(room.Factors[r]), length, ref columns == length ? ref p[r * pStride] : ref exps[r * length]);
            for (int r = 0; columns < length && r < rows; r++)
                exps.Slice(r * length, columns).CopyTo(p[(r * pStride)..]);
        }

        RowDescriptions.Write(in moments, temperature, statistics);
        return true;
    }

    /// <summary>exp and the sums of rows with these maxima.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Exps<TMode, TExp>(
        ReadOnlySpan<T> z, int zStride, int length, int rows, ref RowScale<T> scale, Span<T> exps, ref ShortRowsRoom<T> room)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        for (int r = 0; r < rows; r++)
        {
            scale.Max = room.Maxima[r];
            ref T e = ref exps[TMode.Stores ? r * length : 0];
            if (TLanes.AreFew)
                OneRowInPairs<TMode, TExp>(in z[r * zStride], length, ref e, in scale, r, ref room);
            else
                OneRow<TMode, TExp>(in z[r * zStride], ref e, in scale, r, ref room);
        }
    }

    /// <summary>p = a e for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(ref readonly T e, T factor, int length, ref T p)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes a = TLanes.All(factor);
        for (nuint i = 4 * lanes; TLanes.AreFew && i < (nuint)length; i += 2 * lanes)
        {
            (TLanes.Load(in e, i) * a).Store(ref p, i);
            (TLanes.Load(in e, i + lanes) * a).Store(ref p, i + lanes);
        }

        (TLanes.Load(in e, 0) * a).Store(ref p, 0);
        (TLanes.Load(in e, lanes) * a).Store(ref p, lanes);
        (TLanes.Load(in e, 2 * lanes) * a).Store(ref p, 2 * lanes);
        (TLanes.Load(in e, 3 * lanes) * a).Store(ref p, 3 * lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneRow<TMode, TExp>(ref readonly T z, ref T e, in RowScale<T> scale, int r, ref ShortRowsRoom<T> room)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes z0 = TLanes.Load(in z, 0), z1 = TLanes.Load(in z, lanes), z2 = TLanes.Load(in z, 2 * lanes), z3 = TLanes.Load(in z, 3 * lanes);
        TLanes max = TLanes.All(scale.Max), masked = TLanes.All(T.NegativeInfinity);
        TLanes e0 = z0, e1 = z1, e2 = z2, e3 = z3;
        TExp.Of(in scale).Map(ref e0, ref e1, ref e2, ref e3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3);
        if (TMode.Stores)
        {
            e0.Store(ref e, 0);
            e1.Store(ref e, lanes);
            e2.Store(ref e, 2 * lanes);
            e3.Store(ref e, 3 * lanes);
        }

        ulong equal = ExpPass<TLanes, T>.EqualBits(z0, z1, z2, z3, max);
        e0 = TLanes.WhereEqual(z0, max, default, e0);
        e1 = TLanes.WhereEqual(z1, max, default, e1);
        e2 = TLanes.WhereEqual(z2, max, default, e2);
        e3 = TLanes.WhereEqual(z3, max, default, e3);
        TLanes sum = default, weighted = default, deviations0 = default, deviations1 = default, squares0 = default, squares1 = default;
        ExpPass<TLanes, T>.AddUp<TMode>(e0, e1, e2, e3, x0, x1, x2, x3, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
        room.Sums[r] = TLanes.Sums(sum, weighted, deviations0 + deviations1, squares0 + squares1);
        room.Seconds[r] = TLanes.Highest(TLanes.Max(
            TLanes.Max(TLanes.WhereEqual(z0, max, masked, z0), TLanes.WhereEqual(z1, max, masked, z1)),
            TLanes.Max(TLanes.WhereEqual(z2, max, masked, z2), TLanes.WhereEqual(z3, max, masked, z3))));
        int masks = TLanes.AnyEqual(TLanes.Min(TLanes.Min(z0, z1), TLanes.Min(z2, z3)), masked)
            ? BitOperations.PopCount(ExpPass<TLanes, T>.EqualBits(z0, z1, z2, z3, masked)) : 0;
        Count(equal, masks, Longest, r, ref room);
    }

    /// <summary>The same of any number of groups, two vectors at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneRowInPairs<TMode, TExp>(ref readonly T z, int length, ref T e, in RowScale<T> scale, int r, ref ShortRowsRoom<T> room)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        nuint lanes = (nuint)TLanes.Count;
        TExp exp = TExp.Of(in scale);
        TLanes masked = TLanes.All(T.NegativeInfinity), zero = default;
        TLanes sum = default, weighted = default, deviations = default, squares = default, second = masked;
        ulong equal = 0;
        for (nuint i = 0; i < (nuint)length; i += 2 * lanes)
        {
            TLanes z0 = TLanes.Load(in z, i), z1 = TLanes.Load(in z, i + lanes), e0 = z0, e1 = z1;
            TLanes far0 = z0 - exp.Max, far1 = z1 - exp.Max;   // 0 at the maximum only; what needs z comes before exp, and what is left by then is few
            equal |= (TLanes.EqualBits(far0, zero) | (TLanes.EqualBits(far1, zero) << TLanes.Count)) << (int)i;
            second = TLanes.Max(TLanes.Max(TLanes.WhereEqual(far0, zero, masked, z0), TLanes.WhereEqual(far1, zero, masked, z1)), second);
            exp.Map(ref e0, ref e1, out TLanes x0, out TLanes x1);
            if (TMode.Stores)
            {
                e0.Store(ref e, i);
                e1.Store(ref e, i + lanes);
            }

            e0 = TLanes.WhereLess(x0, zero, e0, x0);   // 0 at the maximum; NaN stays
            e1 = TLanes.WhereLess(x1, zero, e1, x1);
            ExpPass<TLanes, T>.AddUp<TMode>(e0, e1, x0, x1, ref sum, ref weighted, ref deviations, ref squares);
        }

        room.Sums[r] = TLanes.Sums(sum, weighted, deviations, squares);
        room.Seconds[r] = TLanes.Highest(second);
        int masks = 0;
        for (nuint i = 0; i < (nuint)length && !scale.IsNarrow; i += lanes)   // a narrow row has none
            masks += BitOperations.PopCount(TLanes.EqualBits(TLanes.Load(in z, i), masked));
        Count(equal, masks, length, r, ref room);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(ulong equal, int masks, int length, int r, ref ShortRowsRoom<T> room)
    {
        long ties = BitOperations.PopCount(equal);
        room.Ties[r] = ties;
        room.UnmaskedAndTies[r] = (long)(length - masks) | (ties << 32);
        room.ArgMax[r] = BitOperations.TrailingZeroCount(equal);
    }
}
