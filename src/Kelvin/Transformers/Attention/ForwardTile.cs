using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>O and the vitals of one tile of queries: tiles of keys pass by, and no more of P is there than one tile.</summary>
/// <remarks>
/// <para>For each tile of keys: S = K Qᵀ; the maxima; e = exp(S − m) in place; what was summed before is scaled to the new maxima; O ← O + eᵀ V.
/// At the end O is divided by Σe. Tiles that nobody sees are skipped, and only those that are seen in part are masked.</para>
/// <para>Source: Dao, FlashAttention-2, arXiv 2307.08691.</para>
/// </remarks>
internal static class ForwardTile<TSimd, TVector, TLanes, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Run<TMode>(in AttentionPlan<T> plan, PackedKeys<T> packed, QueryTile queries, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals)
        where TMode : struct, IRowMode
    {
        AttentionRoom<T> room = AttentionRoom<T>.ForThisThread;
        int stride = Strips<TSimd, TVector, T>.Padded(plan.ValueDepth);
        Span<T> sums = room.ClearOutput(queries.Count, stride);
        var tile = new ScoreTile<TSimd, TVector, TLanes, T>(plan, queries, room);
        room.Rows.Start(plan.Sink(queries.Head) / tile.Map.Temperature, Strips<TSimd, TVector, T>.Grouped(queries.Count));
        Announce(plan, queries, output, vitals);
        (int first, int end) = room.Sight.KeyTiles;
        for (int keyTile = first; keyTile < end; keyTile++)
        {
            KeyTile keys = KeyTile.Of(keyTile, plan.Keys);
            room.Sight.LookAt(keys);
            ScoreRange range = room.Sight.All;
            if (range.IsEmpty)
                continue;
            var rows = KeyRows<T>.Of(plan, plan.Inputs.Keys, keys, queries.Head / plan.Group * plan.Depth, plan.Depth, ref packed.Panels(queries.Slot, keyTile));
            if (Softmax<TMode>(tile, queries, keys, rows, range, room) && keyTile > first)
                Rescale(ref sums[0], stride, queries.Count, room.Rows.Factor);
            ScoreProducts<TSimd, TVector, T>.AddKeys(
                ref tile.Scores, room.Sight, queries.Count, ref packed.Strips(queries.Slot, keyTile), plan.ValueDepth, ref sums[0]);
        }

        ForwardFinish<T>.Write(plan, queries, room, sums, stride, output, logSumExp, vitals);
    }

    /// <summary>Asks for what the end of the tile will write: its rows of O lie far apart, and its vitals have not been touched.</summary>
    private static void Announce(in AttentionPlan<T> plan, QueryTile queries, MatrixView<T> output, Memory<AttentionStatistics> vitals)
    {
        if (!plan.ReadsInPlace)   // else all rows have been asked for at once
        {
            ref T first = ref MemoryMarshal.GetReference(output.Row(queries.First));
            CacheRows.Soon(ref Unsafe.Add(ref first, queries.Head * plan.ValueDepth), output.Stride, queries.Count, plan.ValueDepth);
        }

        if (vitals.IsEmpty)
            return;
        Span<double> numbers = MemoryMarshal.Cast<AttentionStatistics, double>(vitals.Span.Slice((queries.Head * plan.Queries) + queries.First, queries.Count));
        CacheHint.Soon(ref MemoryMarshal.GetReference(numbers), numbers.Length);
    }

    /// <summary>Whether what was summed before has to be scaled.</summary>
    private static bool Softmax<TMode>(
        in ScoreTile<TSimd, TVector, TLanes, T> tile, QueryTile queries, KeyTile keys, in KeyRows<T> rows, ScoreRange all, AttentionRoom<T> room)
        where TMode : struct, IRowMode
    {
        bool changed = false;
        int group = Strips<TSimd, TVector, T>.GroupWidth;
        for (int start = 0; start < queries.Count; start += group)
        {
            int count = Math.Min(group, queries.Count - start);
            ScoreRange range = room.Sight.Group(start);
            if (!range.IsEmpty)
                tile.Compute(keys, rows, range, start, count, ref Unsafe.NullRef<T>());
            ref T scores = ref tile.Scores;
            SoftmaxColumns<TLanes, T>.Max<TMode>(ref scores, range, start, count, room.Rows);
            if (keys.First == 0 && range.Start == 0 && !range.IsEmpty)
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref scores, start), count).CopyTo(room.Rows.FirstScore.AsSpan(start));
            changed |= room.Rows.Advance(TMode.HasMoments ? keys.First : -1, start, count);
            SoftmaxColumns<TLanes, T>.Exp<TMode>(ref scores, range, start, count, room.Rows);
            room.Rows.Absorb(start, count, TMode.HasMoments);
            if (!all.IsWhole)
                ScoreTile<TSimd, TVector, TLanes, T>.ClearOutside(ref scores, range, all, start, count);
        }

        return changed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rescale(ref T sums, int stride, int rows, T[] factors)
    {
        for (int i = 0; i < rows; i++)
        {
            if (factors[i] == T.One)
                continue;
            TVector factor = TSimd.Broadcast(factors[i]);
            ref T row = ref Unsafe.Add(ref sums, i * stride);
            for (nint j = 0; j < stride; j += TSimd.Lanes)
                TSimd.Store(TSimd.Multiply(TSimd.Load(ref row, j), factor), ref row, j);
        }
    }
}
