using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>Attention with vectors of one width.</summary>
internal sealed class LaneAttention<TSimd, TVector, TLanes, T> : AttentionKernels<T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keys and values of a piece of decoding: 32 KB of floats, a microsecond.</summary>
    private const int LeastNumbers = 8192;

    /// <inheritdoc/>
    public override void Forward(
        in AttentionPlan<T> plan, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals, int threads)
    {
        if (plan.Queries == 1)
        {
            Decode(plan, output, logSumExp, vitals, threads);
            return;
        }

        PackedKeys<T> packed = PackedKeys<T>.ForThisThread;
        if (plan.ReadsInPlace)
            Announce(plan.Inputs, output);
        int panels = plan.ReadsInPlace ? 0 : plan.Depth;
        packed.Prepare(plan.KeyHeads, plan.Keys, panels, Strips<TSimd, TVector, T>.Padded(plan.ValueDepth));
        int keyTiles = TileSize.Count(plan.Keys, TileSize.Keys);
        int queryTiles = TileSize.Count(plan.Queries, TileSize.Queries);
        for (int head = 0; head < plan.KeyHeads; head += packed.Heads)
        {
            int heads = Math.Min(packed.Heads, plan.KeyHeads - head);
            var pack = new PackJob<TSimd, TVector, T>(packed, head, heads, plan.Keys, plan.Inputs.Keys, panels, plan.Inputs.Values, plan.ValueDepth);
            ParallelRange.For(heads * keyTiles, Grain(heads * keyTiles, threads), threads, pack);
            var job = new ForwardJob<TSimd, TVector, TLanes, T>(plan, packed, head, output, logSumExp, vitals);
            int pieces = heads * plan.Group * queryTiles;
            ParallelRange.For(pieces, Grain(pieces, threads), threads, job);
        }
    }

    /// <inheritdoc/>
    public override void Backward(in BackwardProblem<T> problem, int threads)
    {
        AttentionPlan<T> plan = problem.Plan;
        (int d, int dv) = (Strips<TSimd, TVector, T>.Padded(plan.Depth), Strips<TSimd, TVector, T>.Padded(plan.ValueDepth));
        (PackedKeys<T> keys, PackedKeys<T> values, KeyGradients<T> sums) =
            (PackedKeys<T>.ForThisThread, PackedKeys<T>.SecondForThisThread, KeyGradients<T>.ForThisThread);
        if (plan.ReadsInPlace)
        {
            Announce(plan.Inputs, problem.Output);
            CacheRows.Soon(problem.OutputGradient);
            CacheRows.Soon<T>(problem.Gradients.Queries);
            CacheRows.Soon<T>(problem.Gradients.Keys);
            CacheRows.Soon<T>(problem.Gradients.Values);
        }

        (int keyPanels, int valuePanels) = plan.ReadsInPlace ? (0, 0) : (plan.Depth, plan.ValueDepth);
        keys.Prepare(plan.KeyHeads, plan.Keys, keyPanels, d);
        values.Prepare(keys.Heads, plan.Keys, valuePanels, 0);
        int round = Math.Min(keys.Heads, values.Heads);
        sums.Prepare(round, round * plan.Group, plan.Queries, plan.Keys, d, dv);
        for (int head = 0; head < plan.KeyHeads; head += round)
        {
            int heads = Math.Min(round, plan.KeyHeads - head);
            int pieces = heads * TileSize.Count(plan.Keys, TileSize.Keys);
            var packKeys = new PackJob<TSimd, TVector, T>(keys, head, heads, plan.Keys, plan.Inputs.Keys, keyPanels, plan.Inputs.Keys, plan.Depth);
            var packValues = new PackJob<TSimd, TVector, T>(values, head, heads, plan.Keys, plan.Inputs.Values, valuePanels, plan.Inputs.Values, 0);
            ParallelRange.For(pieces, 1, threads, packKeys);
            ParallelRange.For(valuePanels > 0 ? pieces : 0, 1, threads, packValues);
            var job = new BackwardJob<TSimd, TVector, TLanes, T>(problem, keys, values, sums, head, round * plan.Group);
            ParallelRange.For(heads * sums.Shares, Grain(heads * sums.Shares, threads), threads, job);
            ParallelRange.For(heads, 1, threads, new GatherJob<TSimd, TVector, T>(problem, sums, head));
            GatherSinks(problem, sums, head * plan.Group, heads * plan.Group, round * plan.Group);
        }
    }

    private static void Announce(in AttentionInputs<T> inputs, ReadOnlyMatrixView<T> output)
    {
        CacheRows.Soon(inputs.Queries);
        CacheRows.Soon(inputs.Keys);
        CacheRows.Soon(inputs.Values);
        CacheRows.Soon(output);
    }

    /// <summary>A thread alone takes all pieces at once.</summary>
    private static int Grain(int pieces, int threads) => threads == 1 ? Math.Max(1, pieces) : 1;

    /// <summary>One query: nothing is packed, since each key is used once.</summary>
    private static void Decode(
        in AttentionPlan<T> plan, MatrixView<T> output, Memory<double> logSumExp, Memory<AttentionStatistics> vitals, int threads)
    {
        (int low, int high) = plan.Visible(0);
        int run = DecodeRoom<T>.Run(high - low);
        int runs = TileSize.Count(high - low, run);
        DecodeRoom<T> room = DecodeRoom<T>.ForThisThread;
        room.Prepare(runs, plan.Heads, plan.ValueDepth);
        int numbers = Math.Min(high - low, run) * (plan.Depth + plan.ValueDepth);
        // Whole rows of the cache where there are runs enough.
        int grain = Math.Max(LeastNumbers / Math.Max(1, numbers), Math.Min(plan.KeyHeads, TileSize.Count(runs * plan.KeyHeads, threads)));
        ParallelRange.For(runs * plan.KeyHeads, grain, threads, new DecodeJob<TSimd, TVector, TLanes, T>(plan, room, !vitals.IsEmpty));
        DecodeFinish<T>.Write(plan, room, runs, output, logSumExp, vitals);
    }

    private static void GatherSinks(in BackwardProblem<T> problem, KeyGradients<T> sums, int first, int count, int room)
    {
        for (int i = 0; i < count && !problem.Gradients.Sinks.IsEmpty; i++)
        {
            double sum = 0;
            for (int share = 0; share < sums.Shares; share++)
                sum += sums.Sinks(share, room)[i];
            problem.Gradients.Sinks.Span[first + i] = T.CreateTruncating(sum);
        }
    }
}
