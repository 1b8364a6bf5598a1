using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Rows of at most one block, several at a time: one loop takes exp and all sums over row after row, so that no row waits for the sums of
/// the one before, and what a call costs is paid once.</summary>
internal static unsafe class BlockRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Longest row.</summary>
    public static int Longest => Blocks<TLanes, T>.Length;

    /// <summary>The moments of at most <see cref="RowDescriptions.Batch"/> rows that know their extremes, narrow only if all are; writes e if the mode says so, which must not lie over z.</summary>
    [SkipLocalsInit]
    public static void Moments<TMode>(
        ReadOnlySpan<T> z, int zStride, int columns, ref RowScale<T> scale, Span<T> e, int eStride, Span<RowMoments> rows)
        where TMode : struct, IRowMode
    {
        Span<T> maxima = stackalloc T[RowDescriptions.Batch];
        Span<RowSums<T>> sums = stackalloc RowSums<T>[RowDescriptions.Batch];
        for (int r = 0; r < rows.Length; r++)
            maxima[r] = T.CreateTruncating(rows[r].Max);
        Sum<TMode>(z, zStride, columns, maxima[..rows.Length], ref scale, e, eStride, rows, sums);
        for (int r = 0; r < rows.Length; r++)
        {
            ref RowMoments row = ref rows[r];
            ref readonly RowSums<T> sum = ref sums[r];
            if (!double.IsFinite(row.Max))
                row.Tail = double.NaN;
            else if (!row.TryBegin(sum.Sum, sum.Weighted, sum.Deviations, sum.Squares, Blocks<TLanes, T>.WorstCondition))
                AddFromMean(z.Slice(r * zStride, columns), maxima[r], ref scale, sum.Weighted / sum.Sum, ref row);
        }
    }

    /// <summary>e and Σ e of rows whose maxima are given and finite; e may lie over z.</summary>
    public static void Plain(
        ReadOnlySpan<T> z, int zStride, int columns, ReadOnlySpan<T> maxima, ref RowScale<T> scale, Span<T> e, int eStride, Span<RowSums<T>> sums) =>
        Sum<RowModes.Plain>(z, zStride, columns, maxima, ref scale, e, eStride, default, sums);

    private static void Sum<TMode>(
        ReadOnlySpan<T> z, int zStride, int columns, ReadOnlySpan<T> maxima, ref RowScale<T> scale, Span<T> e, int eStride, Span<RowMoments> rows, Span<RowSums<T>> sums)
        where TMode : struct, IRowMode
    {
        int rest = columns % ExpPass<TLanes, T>.Group, whole = columns - rest;
        if (whole > 0)
        {
            if (TLanes.HasPowers && scale.IsNarrow)
                Groups<TMode, NarrowExp<TLanes, T>>(z, zStride, 0, whole, maxima, ref scale, e, eStride, rows, sums);
            else if (TLanes.HasPowersOfBits && scale.IsNarrow)
                Groups<TMode, NormalExp<TLanes, T>>(z, zStride, 0, whole, maxima, ref scale, e, eStride, rows, sums);
            else
                Groups<TMode, ShiftedExp<TLanes, T>>(z, zStride, 0, whole, maxima, ref scale, e, eStride, rows, sums);
        }

        if (rest > 0)
            Rest<TMode>(z, zStride, whole, rest, maxima, ref scale, e, eStride, rows, sums);
    }

    /// <summary>Fewer than a group at the end of each row: padded with −∞, which adds nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rest<TMode>(
        ReadOnlySpan<T> z, int zStride, int whole, int rest, ReadOnlySpan<T> maxima, ref RowScale<T> scale, Span<T> e, int eStride, Span<RowMoments> rows, Span<RowSums<T>> sums)
        where TMode : struct, IRowMode
    {
        int group = ExpPass<TLanes, T>.Group;
        Span<T> padded = stackalloc T[RowDescriptions.Batch * group];
        Span<RowSums<T>> ends = stackalloc RowSums<T>[RowDescriptions.Batch];
        padded.Fill(T.NegativeInfinity);
        for (int r = 0; r < maxima.Length; r++)
            z.Slice((r * zStride) + whole, rest).CopyTo(padded[(r * group)..]);
        Groups<TMode, ShiftedExp<TLanes, T>>(padded, group, whole, group, maxima, ref scale, padded, group, rows, ends);
        for (int r = 0; r < maxima.Length; r++)
        {
            if (whole == 0)
                sums[r] = ends[r];
            else
                sums[r].Add(in ends[r]);
            if (TMode.Stores)
                padded.Slice(r * group, rest).CopyTo(e[((r * eStride) + whole)..]);
        }
    }

    /// <summary>Whole groups of vectors of each row, <paramref name="start"/> entries into it.</summary>
    /// <remarks>
    /// <para>The maxima are given in T: a conversion from double would write part of a register, and so wait for the row before.</para>
    /// <para>The lanes are added up after the last row: those chains of single steps would fill the places in which the next row's steps wait.</para>
    /// </remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Groups<TMode, TExp>(
        ReadOnlySpan<T> logits, int zStride, int start, int columns, ReadOnlySpan<T> maxima, ref RowScale<T> scale, Span<T> exps, int eStride, Span<RowMoments> rows, Span<RowSums<T>> sums)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        int stride = ExpPass<TLanes, T>.Stride;
        T* copy = stackalloc T[stride];
        Span<LaneSums> room = stackalloc LaneSums[RowDescriptions.Batch + 4];   // four are more than a line of the cache, however few the lanes
        ref LaneSums lanesOfRows = ref CacheLine.First(room);
        fixed (T* allLogits = logits, allExps = exps)
        {
            for (int r = 0; r < maxima.Length; r++)
            {
                scale.Max = maxima[r];
                TExp exp = TExp.Of(in scale);
                T* first = allLogits + (r * zStride);
                Detour<TLanes, T> detour = TMode.LeavesOutMax ? new(first, columns, stride, rows[r].ArgMax - start, TExp.LeftOut(in scale), copy) : default;
                nint toExps = (nint)(allExps + (r * eStride)) - (nint)first;
                TLanes sum = default, weighted = default, deviations0 = default, deviations1 = default, squares0 = default, squares1 = default;
                for (T* z = first, end = first + columns; z < end; z += stride)
                {
                    ExpPass<TLanes, T>.Step<TMode, TExp>(
                        TMode.LeavesOutMax ? detour.At(z) : z, (T*)((nint)z + toExps), exp, default, false, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
                }

                ref LaneSums row = ref Unsafe.Add(ref lanesOfRows, r);
                row.Sum = sum;
                row.Weighted = weighted;
                row.Deviations = deviations0 + deviations1;
                row.Squares = squares0 + squares1;
            }
        }

        for (int r = 0; r < maxima.Length; r++)
        {
            ref readonly LaneSums row = ref Unsafe.Add(ref lanesOfRows, r);
            sums[r].Set(TLanes.Sums(row.Sum, row.Weighted, row.Deviations, row.Squares), scale.Units);
        }
    }

    /// <summary>Measures a row again, from its own mean.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFromMean(ReadOnlySpan<T> z, T max, ref RowScale<T> scale, double mean, ref RowMoments row)
    {
        scale.Max = max;
        Blocks<TLanes, T>.AddFromMean(z, 0, in scale, mean, ref row);
    }

    /// <summary>What each lane has of the sums over a row.</summary>
    private struct LaneSums
    {
        public TLanes Sum;
        public TLanes Weighted;
        public TLanes Deviations;
        public TLanes Squares;
    }
}
