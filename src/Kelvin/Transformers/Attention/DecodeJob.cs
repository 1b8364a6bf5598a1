using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>One query of each head over runs of keys, a piece for each run and key head: a key and value are read from memory once, for all heads that share them.</summary>
internal readonly struct DecodeJob<TSimd, TVector, TLanes, T>(AttentionPlan<T> plan, DecodeRoom<T> room, bool vitals) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        (int low, int high) = plan.Visible(0);
        AttentionRoom<T> own = AttentionRoom<T>.ForThisThread;
        for (int piece = start; piece < end; piece++)
        {
            (int run, int keyHead) = Math.DivRem(piece, plan.KeyHeads);
            int first = low + (run * DecodeRoom<T>.Run);
            var keys = new KeyTile(first, Math.Min(DecodeRoom<T>.Run, high - first));
            Span<T> z = MemoryMarshal.CreateSpan(ref own.Scores.Take(TileSize.Queries * TileSize.Keys), keys.Count);
            Span<T> e = MemoryMarshal.CreateSpan(ref own.GradientScores.Take(TileSize.Queries * TileSize.Keys), keys.Count);
            for (int head = keyHead * plan.Group; head < (keyHead + 1) * plan.Group; head++)
            {
                Scores(head, keys, z);
                if (first == 0)
                    room.First(head) = z[0];
                room.Part(run, head) = Softmax(first, z, e);
                ReadOnlyMatrixView<T> values = plan.Inputs.Values.Block(first, keyHead * plan.ValueDepth, keys.Count, plan.ValueDepth);
                GemvKernel<TSimd, TVector, T>.Multiply(T.One, values, Transpose.Yes, e, T.Zero, room.Sums(run, head));
            }
        }
    }

    private void Scores(int head, KeyTile keys, Span<T> z)
    {
        var map = new ScoreMap<T>(plan, head);
        ReadOnlySpan<T> query = plan.Inputs.Queries.Row(0).Slice(head * plan.Depth, plan.Depth);
        ReadOnlyMatrixView<T> block = plan.Inputs.Keys.Block(keys.First, head / plan.Group * plan.Depth, keys.Count, plan.Depth);
        GemvKernel<TSimd, TVector, T>.Multiply(map.Product, block, Transpose.No, query, T.Zero, z);
        if (plan.SoftCap is not null)
            ScoreChanges<TLanes, T>.Cap(z, map.Cap);
        for (int j = 0; j < z.Length && map.Slope != T.Zero; j++)
            z[j] += map.Slope * T.CreateTruncating(keys.First + j - plan.Offset);
        if (!plan.HasBias)
            return;
        ReadOnlySpan<T> bias = plan.Inputs.Bias.Row(plan.BiasRow(head, 0)).Slice(keys.First, keys.Count);
        for (int j = 0; j < z.Length; j++)
            z[j] += map.Beta * bias[j];
    }

    private DecodePart Softmax(int first, ReadOnlySpan<T> z, Span<T> e)
    {
        T max = Sweep<TLanes, T>.Max(z);
        if (!T.IsFinite(max))
        {
            e.Fill(T.IsNegativeInfinity(max) ? T.Zero : T.NaN);
            return T.IsNegativeInfinity(max) ? DecodePart.None : DecodePart.None with { Max = double.CreateTruncating(max), Sum = double.NaN };
        }

        double m = double.CreateTruncating(max);
        var scale = new RowScale<T>(1) { Max = max };
        if (!vitals)
            return DecodePart.None with { Max = m, Sum = Blocks<TLanes, T>.Plain(z, e, in scale) };

        var row = new RowMoments(m);
        Blocks<TLanes, T>.Moments<RowModes.Full>(z, e, in scale, ref row);
        e[row.ArgMax] = T.One;
        return new DecodePart(m, first + row.ArgMax, 1 + row.Tail, row.Weighted / (1 + row.Tail), row.SquaredDeviations, 1 + row.TailSquares);
    }
}
