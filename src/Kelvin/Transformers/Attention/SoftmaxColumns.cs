using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The softmax of a group of queries over a tile of keys, down the columns: a maximum, then e = exp(s − m) with its sums.</summary>
internal static class SoftmaxColumns<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The maximum of each query's scores, to <see cref="OnlineRows{T}.TileMax"/>, and with moments the first key that has it, to
    /// <see cref="OnlineRows{T}.TilePlace"/>.</summary>
    /// <remarks>With moments the four scores of the best four keys are kept beside their maximum, and only at the end is looked which of them it was.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<TMode>(ref T scores, ScoreRange range, int start, int count, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        nuint step = TileSize.Queries;
        TLanes one = TLanes.All(1.0), two = TLanes.All(2.0), three = TLanes.All(3.0), four = TLanes.All(4.0);
        for (int lane = start; lane < start + count; lane += TLanes.Count)
        {
            TLanes max = TLanes.All(T.NegativeInfinity), odd = max;
            TLanes place = TLanes.All((double)range.End), first = place, b0 = max, b1 = max, b2 = max;
            for (int key = range.End - 4; key >= range.Start; key -= 4)   // backwards, so that the first of several stays
            {
                nuint at = ((nuint)key * step) + (nuint)lane;
                TLanes s0 = TLanes.Load(in scores, at), s1 = TLanes.Load(in scores, at + step);
                TLanes s2 = TLanes.Load(in scores, at + (2 * step)), s3 = TLanes.Load(in scores, at + (3 * step));
                TLanes low = TLanes.Max(s0, s1), high = TLanes.Max(s2, s3);
                if (!TMode.HasMoments)
                {
                    max = TLanes.Max(low, max);
                    odd = TLanes.Max(high, odd);
                    continue;
                }

                TLanes top = TLanes.Max(low, high);
                max = TLanes.Max(top, max);
                place -= four;
                first = TLanes.WhereEqual(top, max, place, first);
                b0 = TLanes.WhereEqual(top, max, s0, b0);
                b1 = TLanes.WhereEqual(top, max, s1, b1);
                b2 = TLanes.WhereEqual(top, max, s2, b2);
            }

            max = TLanes.Max(max, odd);
            max.Store(ref MemoryMarshal.GetArrayDataReference(rows.TileMax), (nuint)lane);
            if (!TMode.HasMoments)
                continue;
            TLanes within = TLanes.WhereEqual(b0, max, default, TLanes.WhereEqual(b1, max, one, TLanes.WhereEqual(b2, max, two, three)));
            (first + within).Store(ref MemoryMarshal.GetArrayDataReference(rows.TilePlace), (nuint)lane);
        }
    }

    /// <summary>Turns scores into e and writes the tile's sums.</summary>
    public static void Exp<TMode>(ref T scores, ScoreRange range, int start, int count, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        if (FlushedExp<TLanes, T>.IsBest)
            ExpOfTwo<TMode>(ref scores, range, start, count, rows);
        else
            ExpOfFour<TMode>(ref scores, range, start, count, rows);
    }

    /// <summary>Two keys at a time, where there are registers for no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ExpOfTwo<TMode>(ref T scores, ScoreRange range, int start, int count, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        Exp2Operands operands = Exp2Operands.There;
        for (nuint lane = (nuint)start; lane < (nuint)(start + count); lane += (nuint)TLanes.Count)
        {
            if (TMode.HasMoments && TLanes.AnyLess(Of(rows.Centre, lane), default))
                PairsFromCentre<TMode>(ref scores, range, lane, operands, rows);
            else
                PairsFromMax<TMode>(ref scores, range, lane, operands, rows);
        }
    }

    /// <summary>One vector of queries whose deviations are measured from the maximum, in nats: an operation less for each vector of e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void PairsFromMax<TMode>(ref T scores, ScoreRange range, nuint lane, Exp2Operands operands, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        nuint step = TileSize.Queries, end = (nuint)range.End * step;
        var exp = new FlushedExp<TLanes, T>(Of(rows.Max, lane), operands);
        TLanes sum = default, weighted = default, deviations = default, squares = default;
        for (nuint at = ((nuint)range.Start * step) + lane; at < end; at += 2 * step)
        {
            Pair(ref scores, at, in exp, out TLanes e0, out TLanes e1, out TLanes x0, out TLanes x1);
            ExpPass<TLanes, T>.AddUp<TMode>(e0, e1, x0, x1, ref sum, ref weighted, ref deviations, ref squares);
        }

        TLanes unit = TLanes.All(RowScale<T>.Log2E);
        Write<TMode>(rows, lane, sum, weighted * unit, deviations * unit * unit, squares);
    }

    /// <summary>One vector of queries of which some have a centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void PairsFromCentre<TMode>(ref T scores, ScoreRange range, nuint lane, Exp2Operands operands, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        nuint step = TileSize.Queries, end = (nuint)range.End * step;
        var exp = new FlushedExp<TLanes, T>(Of(rows.Max, lane), operands);
        TLanes minusCentre = default(TLanes) - Of(rows.Centre, lane);
        TLanes sum = default, weighted = default, deviations = default, squares = default;
        for (nuint at = ((nuint)range.Start * step) + lane; at < end; at += 2 * step)
        {
            Pair(ref scores, at, in exp, out TLanes e0, out TLanes e1, out TLanes x0, out TLanes x1);
            ExpPass<TLanes, T>.AddUp<TMode>(
                e0, e1, exp.From(minusCentre, x0), exp.From(minusCentre, x1), ref sum, ref weighted, ref deviations, ref squares);
        }

        Write<TMode>(rows, lane, sum, weighted, deviations, squares);
    }

    /// <summary>The scores of two keys become e; their distances from the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(ref T scores, nuint at, in FlushedExp<TLanes, T> exp, out TLanes e0, out TLanes e1, out TLanes x0, out TLanes x1)
    {
        nuint step = TileSize.Queries;
        e0 = TLanes.Load(in scores, at);
        e1 = TLanes.Load(in scores, at + step);
        exp.Map(ref e0, ref e1, out x0, out x1);
        e0.Store(ref scores, at);
        e1.Store(ref scores, at + step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ExpOfFour<TMode>(ref T scores, ScoreRange range, int start, int count, OnlineRows<T> rows)
        where TMode : struct, IRowMode
    {
        nuint step = TileSize.Queries;
        nuint end = (nuint)range.End * step;
        var scale = new RowScale<T>(1);
        for (nuint lane = (nuint)start; lane < (nuint)(start + count); lane += (nuint)TLanes.Count)
        {
            var exp = new ShiftedExp<TLanes, T>(Of(rows.Max, lane), in scale);
            TLanes centre = Of(rows.Centre, lane);
            TLanes sum = default, weighted = default, deviations = default, squares = default;
            nuint at = ((nuint)range.Start * step) + lane;
            TLanes x0 = default, x1 = default, x2 = default, x3 = default;
            if (at < end)
                Load(ref scores, at, in exp, out x0, out x1, out x2, out x3);
            while (at < end)
            {
                TLanes e0 = x0, e1 = x1, e2 = x2, e3 = x3;
                exp.MapDistances(ref e0, ref e1, ref e2, ref e3, out TLanes y0, out TLanes y1, out TLanes y2, out TLanes y3);
                e0.Store(ref scores, at);
                e1.Store(ref scores, at + step);
                e2.Store(ref scores, at + (2 * step));
                e3.Store(ref scores, at + (3 * step));
                at += 4 * step;
                Load(ref scores, at < end ? at : lane, in exp, out x0, out x1, out x2, out x3);   // here, to begin the next four while the sums wait
                sum += (e0 + e1) + (e2 + e3);
                if (!TMode.HasMoments)
                    continue;

                y0 -= centre;
                y1 -= centre;
                y2 -= centre;
                y3 -= centre;
                TLanes m0 = e0 * y0, m1 = e1 * y1, m2 = e2 * y2, m3 = e3 * y3;
                weighted += (m0 + m1) + (m2 + m3);
                deviations = TLanes.MultiplyAdd(m0, y0, TLanes.MultiplyAdd(m1, y1, deviations));
                deviations = TLanes.MultiplyAdd(m2, y2, TLanes.MultiplyAdd(m3, y3, deviations));
                squares = TLanes.MultiplyAdd(e0, e0, TLanes.MultiplyAdd(e1, e1, squares));
                squares = TLanes.MultiplyAdd(e2, e2, TLanes.MultiplyAdd(e3, e3, squares));
            }

            Write<TMode>(rows, lane, sum, weighted, deviations, squares);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TMode>(OnlineRows<T> rows, nuint lane, TLanes sum, TLanes weighted, TLanes deviations, TLanes squares)
        where TMode : struct, IRowMode
    {
        sum.Store(ref MemoryMarshal.GetArrayDataReference(rows.TileSum), lane);
        if (!TMode.HasMoments)
            return;
        weighted.Store(ref MemoryMarshal.GetArrayDataReference(rows.TileWeighted), lane);
        deviations.Store(ref MemoryMarshal.GetArrayDataReference(rows.TileDeviations), lane);
        squares.Store(ref MemoryMarshal.GetArrayDataReference(rows.TileSquares), lane);
    }

    /// <summary>The distances of the scores of four keys from the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref T scores, nuint at, in ShiftedExp<TLanes, T> exp, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3)
    {
        nuint step = TileSize.Queries;
        x0 = exp.Distance(TLanes.Load(in scores, at));
        x1 = exp.Distance(TLanes.Load(in scores, at + step));
        x2 = exp.Distance(TLanes.Load(in scores, at + (2 * step)));
        x3 = exp.Distance(TLanes.Load(in scores, at + (3 * step)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Of(T[] values, nuint lane) => TLanes.Load(in MemoryMarshal.GetArrayDataReference(values), lane);
}
