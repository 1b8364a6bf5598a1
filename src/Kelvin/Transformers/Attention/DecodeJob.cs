using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>One query of each head over runs of keys, a piece for each run and key head: a key and value are read from memory once, for all heads that share them.</summary>
/// <remarks>
/// Pieces of one run are computed together, some keys for every head, then the next keys: a row of the cache holds all heads, so that memory is read row after row,
/// where head after head would take 256 bytes here and there, which the hardware does not foresee.
/// </remarks>
internal readonly struct DecodeJob<TSimd, TVector, TLanes, T>(AttentionPlan<T> plan, DecodeRoom<T> room, bool vitals) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keys that pass by all heads before the next do.</summary>
    private const int Tile = 8;

    /// <summary>Keys from which on reading memory in its order counts for more than computing several keys at once.</summary>
    private const int LongCache = 8192;

    /// <summary>Scores that are kept at a time: they stay in the first-level cache.</summary>
    private const int MostScores = 4096;

    private bool IsLong => plan.Visible(0) is var (low, high) && high - low >= LongCache;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        (int low, int high) = plan.Visible(0);
        int length = DecodeRoom<T>.Run(high - low);
        int band = Math.Max(1, MostScores / (plan.Group * length));
        for (int piece = start; piece < end;)
        {
            (int run, int keyHead) = Math.DivRem(piece, plan.KeyHeads);
            int first = low + (run * length);
            int heads = Math.Min(Math.Min(band, end - piece), plan.KeyHeads - keyHead);
            Together(run, new KeyTile(first, Math.Min(length, high - first)), keyHead, keyHead + heads);
            piece += heads;
        }
    }

    /// <summary>Some key heads and the heads that share them.</summary>
    private void Together(int run, KeyTile keys, int firstKeyHead, int endKeyHead)
    {
        AttentionRoom<T> own = AttentionRoom<T>.ForThisThread;
        (int firstHead, int endHead) = (firstKeyHead * plan.Group, endKeyHead * plan.Group);
        int scores = (endHead - firstHead) * keys.Count;
        Span<T> z = MemoryMarshal.CreateSpan(ref own.Scores.Take(Math.Max(scores, TileSize.Queries * TileSize.Keys)), scores);
        Span<T> e = MemoryMarshal.CreateSpan(ref own.GradientScores.Take(Math.Max(scores, TileSize.Queries * TileSize.Keys)), scores);
        Products(keys, firstHead, endHead, z);
        for (int head = firstHead; head < endHead; head++)
        {
            Span<T> ofHead = z.Slice((head - firstHead) * keys.Count, keys.Count);
            Change(head, keys, ofHead);
            if (keys.First == 0)
                room.First(head) = ofHead[0];
            room.Part(run, head) = Softmax(keys.First, ofHead, e.Slice((head - firstHead) * keys.Count, keys.Count));
            room.Sums(run, head).Clear();
        }

        AddValues(run, keys, firstHead, endHead, e);
    }

    /// <summary>⟨q, k⟩ of every head.</summary>
    private void Products(KeyTile keys, int firstHead, int endHead, Span<T> z)
    {
        ref T query = ref MemoryMarshal.GetReference(plan.Inputs.Queries.Row(0));
        ref T k = ref MemoryMarshal.GetReference(plan.Inputs.Keys.RowRange(keys.First, keys.Count).Span);
        nint stride = plan.Inputs.Keys.Stride;
        if (IsLong)
        {
            int keyHeads = (endHead - firstHead) / plan.Group;
            ref T first = ref Unsafe.Add(ref k, firstHead / plan.Group * plan.Depth);
            KeyWalk<TSimd, TVector, T>.WithKeys(ref first, stride, keys.Count, keyHeads, plan.Group, plan.Depth, ref Unsafe.Add(ref query, firstHead * plan.Depth), ref MemoryMarshal.GetReference(z), keys.Count);
            return;
        }

        for (int at = 0; at < keys.Count; at += Tile)
        {
            int count = Math.Min(Tile, keys.Count - at);
            for (int head = firstHead; head < endHead; head++)
            {
                ref T block = ref Unsafe.Add(ref k, (at * stride) + (head / plan.Group * plan.Depth));
                if (head % plan.Group == 0)
                    PrefetchNext(ref block, stride, plan.Depth);
                GemvKernel<TSimd, TVector, T>.Products(
                    ref block, stride, ref Unsafe.Add(ref query, head * plan.Depth), plan.Depth, z.Slice(((head - firstHead) * keys.Count) + at, count));
            }
        }
    }

    /// <summary>Σ e v of every head.</summary>
    private void AddValues(int run, KeyTile keys, int firstHead, int endHead, ReadOnlySpan<T> e)
    {
        ref T v = ref MemoryMarshal.GetReference(plan.Inputs.Values.RowRange(keys.First, keys.Count).Span);
        nint stride = plan.Inputs.Values.Stride;
        if (IsLong)
        {
            int keyHeads = (endHead - firstHead) / plan.Group;
            ref T first = ref Unsafe.Add(ref v, firstHead / plan.Group * plan.ValueDepth);
            ref T sums = ref MemoryMarshal.GetReference(room.Sums(run, firstHead));   // those of the next heads follow
            KeyWalk<TSimd, TVector, T>.WithValues(ref first, stride, keys.Count, keyHeads, plan.Group, plan.ValueDepth, ref MemoryMarshal.GetReference(e), ref sums, keys.Count);
            return;
        }

        for (int at = 0; at < keys.Count; at += Tile)
        {
            int count = Math.Min(Tile, keys.Count - at);
            for (int head = firstHead; head < endHead; head++)
            {
                ref T block = ref Unsafe.Add(ref v, (at * stride) + (head / plan.Group * plan.ValueDepth));
                if (head % plan.Group == 0)
                    PrefetchNext(ref block, stride, plan.ValueDepth);
                GemvKernel<TSimd, TVector, T>.AddMultiples(
                    ref block, stride, T.One, e.Slice(((head - firstHead) * keys.Count) + at, count), room.Sums(run, head));
            }
        }
    }

    /// <summary>Asks for the next tile while this one is computed: the machine's own looking ahead ends with a page, which is two rows here.</summary>
    private static void PrefetchNext(ref T block, nint stride, int depth)
    {
        for (nint row = Tile; row < 2 * Tile; row++)
            CacheHint.Soon(ref Unsafe.Add(ref block, row * stride), depth);
    }

    /// <summary>What else goes into the scores of a head: scale, soft-cap, slope, bias.</summary>
    private void Change(int head, KeyTile keys, Span<T> z)
    {
        var map = new ScoreMap<T>(plan, head);
        TensorPrimitives.Multiply(z, map.Product, z);
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
        RowExtremes<T> extremes = vitals ? Survey<TLanes, T>.Of(z) : new() { Max = Sweep<TLanes, T>.Max(z) };
        T max = extremes.Max;
        if (!T.IsFinite(max))
        {
            e.Fill(T.IsNegativeInfinity(max) ? T.Zero : T.NaN);
            return T.IsNegativeInfinity(max) ? DecodePart.None : DecodePart.None with { Max = double.CreateTruncating(max), Sum = double.NaN };
        }

        double m = double.CreateTruncating(max);
        var scale = new RowScale<T>(1) { Max = max };
        if (!vitals)
            return DecodePart.None with { Max = m, Sum = Blocks<TLanes, T>.Plain(z, e, in scale) };

        var row = new RowMoments(m) { ArgMax = extremes.ArgMax };
        Blocks<TLanes, T>.Moments<RowModes.Full>(z, e, in scale, ref row);
        e[row.ArgMax] = T.One;
        return new DecodePart(m, first + row.ArgMax, 1 + row.Tail, row.Weighted / (1 + row.Tail), row.SquaredDeviations, 1 + row.TailSquares);
    }
}
