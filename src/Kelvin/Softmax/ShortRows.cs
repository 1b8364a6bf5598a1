using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>Rows that fit one group of vectors, several at a time: stage after stage over all of them, since within one short row each stage
/// waits for the one before.</summary>
internal static class ShortRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows at a time.</summary>
    private const int Batch = 4;

    /// <summary>Longest row.</summary>
    public static int Longest => ExpPass<TLanes, T>.Group;

    /// <summary>Does as many of the rows as make full batches, and returns how many; none when the rows have another length.</summary>
    public static int Forward<TMode>(
        RowKernels<T> alone, ReadOnlySpan<T> z, int zStride, double temperature, Span<T> p, int pStride, int columns, Span<SoftmaxStatistics> statistics)
        where TMode : struct, IRowMode
    {
        if (columns != Longest || !RowScale<T>.Fits(temperature))
            return 0;

        var scale = new RowScale<T>(T.Zero, temperature);
        int i = 0;
        for (; i + Batch <= statistics.Length; i += Batch)
        {
            Span<T> output = TMode.Stores ? p[(i * pStride)..] : default;
            Four<TMode>(alone, z[(i * zStride)..], zStride, temperature, in scale, output, pStride, statistics.Slice(i, Batch));
        }

        return i;
    }

    private static void Four<TMode>(
        RowKernels<T> alone, ReadOnlySpan<T> z, int zStride, double temperature, in RowScale<T> scale, Span<T> p, int pStride, Span<SoftmaxStatistics> statistics)
        where TMode : struct, IRowMode
    {
        Span<T> exps = stackalloc T[Batch * Longest];
        Span<ShortRow<T>> rows = stackalloc ShortRow<T>[Batch];
        Span<RowMoments> moments = stackalloc RowMoments[Batch];
        Exp<TMode>(z, zStride, exps, in scale, rows);
        for (int r = 0; r < Batch; r++)
        {
            ref ShortRow<T> row = ref rows[r];
            ref RowMoments moment = ref moments[r];
            moment.Second = double.CreateTruncating(row.Second);
            moment.Ties = row.Ties;
            moment.ArgMax = row.ArgMax;
            row.IsDone = T.IsFinite(row.Max)
                && moment.TryBegin(row.Sums[0], row.Sums[1], row.Sums[2], row.Sums[3], Blocks<TLanes, T>.WorstCondition)
                && !double.IsNaN(moment.Tail);
            ReadOnlySpan<T> logits = z.Slice(r * zStride, Longest);
            moment.Masks = row.HasMasks ? logits.Count(T.NegativeInfinity) : 0;
            if (TMode.Stores && row.IsDone)
            {
                T factor = T.CreateTruncating(1 / (1 + moment.Tail));
                Scale(in exps[r * Longest], factor, ref p[r * pStride]);
                p[(r * pStride) + row.ArgMax] = factor;
            }
            else if (TMode.Stores)
            {
                alone.Forward(logits, temperature, p.Slice(r * pStride, Longest), out statistics[r]);
            }
            else if (!row.IsDone)
            {
                alone.Statistics(logits, temperature, out statistics[r]);
            }
        }

        Describe(rows, moments, temperature, statistics);
    }

    private static void Describe(Span<ShortRow<T>> rows, Span<RowMoments> moments, double temperature, Span<SoftmaxStatistics> statistics)
    {
        Vector256<double> tails = Vector256.Create(moments[0].Tail, moments[1].Tail, moments[2].Tail, moments[3].Tail);
        Vector256<double> falls = Vector256.Create(moments[0].FallOfMean, moments[1].FallOfMean, moments[2].FallOfMean, moments[3].FallOfMean);
        Vector256<double> margins = Vector256.Create(Margin(0, rows, moments), Margin(1, rows, moments), Margin(2, rows, moments), Margin(3, rows, moments));
        Vector256<double> logS = NearZero.LogOnePlus(tails);
        Vector256<double> meanExcess = NearZero.ExpMinusOne(falls);
        Vector256<double> marginExcess = NearZero.ExpMinusOne(-margins / temperature);
        for (int r = 0; r < Batch; r++)
        {
            if (rows[r].IsDone)
            {
                moments[r].Describe(
                    double.CreateTruncating(rows[r].Max), temperature, Longest - moments[r].Masks, logS[r], meanExcess[r], marginExcess[r], out statistics[r]);
            }
        }
    }

    private static double Margin(int r, Span<ShortRow<T>> rows, Span<RowMoments> moments) => double.CreateTruncating(rows[r].Max) - moments[r].Second;

    /// <summary>exp and all sums of up to <see cref="Batch"/> rows.</summary>
    /// <param name="logits">The rows, each padded with −∞ to <see cref="Longest"/>.</param>
    /// <param name="stride">Entries from row to row in <paramref name="logits"/>.</param>
    /// <param name="exps">e with 0 at the first maximum, <see cref="Longest"/> entries a row.</param>
    /// <param name="scale">The temperature.</param>
    /// <param name="rows">One result a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exp<TMode>(ReadOnlySpan<T> logits, int stride, Span<T> exps, in RowScale<T> scale, Span<ShortRow<T>> rows)
        where TMode : struct, IRowMode
    {
        nuint lanes = (nuint)TLanes.Count;
        for (int r = 0; r < rows.Length; r++)
        {
            ref readonly T z = ref logits[r * stride];
            TLanes z0 = TLanes.Load(in z, 0), z1 = TLanes.Load(in z, lanes), z2 = TLanes.Load(in z, 2 * lanes), z3 = TLanes.Load(in z, 3 * lanes);
            rows[r].Max = TLanes.Highest(TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3)));
        }

        for (int r = 0; r < rows.Length; r++)
            OneRow<TMode>(in logits[r * stride], ref exps[r * Longest], new ShiftedExp<TLanes, T>(scale.At(rows[r].Max)), ref rows[r]);
    }

    /// <summary>p = a e for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(ref readonly T e, T factor, ref T p)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes a = TLanes.All(factor);
        (TLanes.Load(in e, 0) * a).Store(ref p, 0);
        (TLanes.Load(in e, lanes) * a).Store(ref p, lanes);
        (TLanes.Load(in e, 2 * lanes) * a).Store(ref p, 2 * lanes);
        (TLanes.Load(in e, 3 * lanes) * a).Store(ref p, 3 * lanes);
    }

    /// <summary>∂L/∂z = a p (g − ⟨p, g⟩) for one row, without going back to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref readonly T p, ref readonly T g, T factor, ref T dZ)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes p0 = TLanes.Load(in p, 0), p1 = TLanes.Load(in p, lanes), p2 = TLanes.Load(in p, 2 * lanes), p3 = TLanes.Load(in p, 3 * lanes);
        TLanes g0 = TLanes.Load(in g, 0), g1 = TLanes.Load(in g, lanes), g2 = TLanes.Load(in g, 2 * lanes), g3 = TLanes.Load(in g, 3 * lanes);
        TLanes products = TLanes.MultiplyAdd(p0, g0, p1 * g1) + TLanes.MultiplyAdd(p2, g2, p3 * g3);
        TLanes dot = TLanes.All(TLanes.Sum(products)), a = TLanes.All(factor);
        (p0 * a * (g0 - dot)).Store(ref dZ, 0);
        (p1 * a * (g1 - dot)).Store(ref dZ, lanes);
        (p2 * a * (g2 - dot)).Store(ref dZ, 2 * lanes);
        (p3 * a * (g3 - dot)).Store(ref dZ, 3 * lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneRow<TMode>(ref readonly T z, ref T e, ShiftedExp<TLanes, T> exp, ref ShortRow<T> row)
        where TMode : struct, IRowMode
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes z0 = TLanes.Load(in z, 0), z1 = TLanes.Load(in z, lanes), z2 = TLanes.Load(in z, 2 * lanes), z3 = TLanes.Load(in z, 3 * lanes);
        if (TMode.LeavesOutMax)
        {
            row.HasMasks = TLanes.AnyEqual(TLanes.Min(TLanes.Min(z0, z1), TLanes.Min(z2, z3)), TLanes.All(T.NegativeInfinity));
            ulong equal = ExpPass<TLanes, T>.EqualBits(z0, z1, z2, z3, TLanes.All(row.Max));
            row.Ties = BitOperations.PopCount(equal);
            row.ArgMax = BitOperations.TrailingZeroCount(equal);
            TLanes place = TLanes.All((double)row.ArgMax);
            z0 = TLanes.Without(z0, place, 0);
            z1 = TLanes.Without(z1, place, TLanes.Count);
            z2 = TLanes.Without(z2, place, 2 * TLanes.Count);
            z3 = TLanes.Without(z3, place, 3 * TLanes.Count);
            row.Second = TLanes.Highest(TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3)));
        }

        TLanes deviations = default, squares = default;
        TLanes e0 = ExpPass<TLanes, T>.Step<TMode>(z0, ref e, 0, exp, default, out TLanes m0, ref deviations, ref squares);
        TLanes e1 = ExpPass<TLanes, T>.Step<TMode>(z1, ref e, lanes, exp, default, out TLanes m1, ref deviations, ref squares);
        TLanes e2 = ExpPass<TLanes, T>.Step<TMode>(z2, ref e, 2 * lanes, exp, default, out TLanes m2, ref deviations, ref squares);
        TLanes e3 = ExpPass<TLanes, T>.Step<TMode>(z3, ref e, 3 * lanes, exp, default, out TLanes m3, ref deviations, ref squares);
        row.Sums = TLanes.Sums((e0 + e1) + (e2 + e3), (m0 + m1) + (m2 + m3), deviations, squares);
    }
}
