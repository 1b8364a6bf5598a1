using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The softmax of each query of a tile as far as keys have been seen: m, the largest score, and sums over e = exp(s − m), s = z/T.</summary>
/// <remarks>
/// <para>The sums are kept in double, eight queries at a time. When m rises they are scaled by exp(m − m'). A learnt sink is what was seen before the first key.</para>
/// <para>y = (s − m) log₂e ≤ 0, so that the entropy log Σe − ln 2·⟨y⟩ is a sum of two numbers that are not negative. Squared deviations are taken around
/// the mean of the keys before and merged by the formula of Chan, Golub and LeVeque.</para>
/// <para>Source: Milakov and Gimelshein, arXiv 1805.02867.</para>
/// </remarks>
internal sealed class OnlineRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Below this many nats exp is 0 in double, and a smaller m − m' would only overflow somewhere.</summary>
    private const double Nothing = -800;

    /// <summary>Means further than this many bits below the maximum say nothing about the tile to come.</summary>
    private const double FarMean = -8;

    private readonly double[] _sum = new double[TileSize.Queries];
    private readonly double[] _mean = new double[TileSize.Queries];
    private readonly double[] _deviations = new double[TileSize.Queries];
    private readonly double[] _squares = new double[TileSize.Queries];
    private readonly double[] _largestKey = new double[TileSize.Queries];

    /// <summary>A score that counts as none: half the most negative number, so that differences from it stay finite.</summary>
    public static T NoScore { get; } = typeof(T) == typeof(float) ? T.CreateTruncating(-float.MaxValue / 2) : T.CreateTruncating(-double.MaxValue / 2);

    /// <summary>m, the sink included.</summary>
    public T[] Max { get; } = new T[TileSize.Queries];

    /// <summary>The largest score of a key.</summary>
    public T[] KeyMax { get; } = new T[TileSize.Queries];

    /// <summary>The score of key 0; −∞ until it is seen.</summary>
    public T[] FirstScore { get; } = new T[TileSize.Queries];

    /// <summary>Where the next tile measures its deviations from.</summary>
    public T[] Centre { get; } = new T[TileSize.Queries];

    /// <summary>exp(m − m'), by which everything summed so far is to be multiplied.</summary>
    public T[] Factor { get; } = new T[TileSize.Queries];

    /// <summary>The tile's largest score.</summary>
    public T[] TileMax { get; } = new T[TileSize.Queries];

    /// <summary>The first key of the tile with its largest score, counted from the tile's first.</summary>
    public T[] TilePlace { get; } = new T[TileSize.Queries];

    /// <summary>The tile's Σe.</summary>
    public T[] TileSum { get; } = new T[TileSize.Queries];

    /// <summary>The tile's Σ e (y − c).</summary>
    public T[] TileWeighted { get; } = new T[TileSize.Queries];

    /// <summary>The tile's Σ e (y − c)².</summary>
    public T[] TileDeviations { get; } = new T[TileSize.Queries];

    /// <summary>The tile's Σe².</summary>
    public T[] TileSquares { get; } = new T[TileSize.Queries];

    /// <summary>Σe.</summary>
    public ReadOnlySpan<double> Sum => _sum;

    /// <summary>⟨y⟩.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Σ e (y − ⟨y⟩)².</summary>
    public ReadOnlySpan<double> Deviations => _deviations;

    /// <summary>Σe².</summary>
    public ReadOnlySpan<double> Squares => _squares;

    /// <summary>The first key with the largest score; −1 before there is one.</summary>
    public ReadOnlySpan<double> LargestKey => _largestKey;

    /// <summary>Before the first key.</summary>
    /// <param name="sink">The sink's score, divided by T; null without one.</param>
    public void Start(double? sink)
    {
        Max.AsSpan().Fill(sink is { } score ? T.Max(NoScore, T.CreateTruncating(score)) : NoScore);
        KeyMax.AsSpan().Fill(T.NegativeInfinity);
        _largestKey.AsSpan().Fill(-1);
        FirstScore.AsSpan().Fill(T.NegativeInfinity);
        double one = sink is { } there ? there - there + 1 : 0;   // NaN for a sink that is not finite
        _sum.AsSpan().Fill(one);
        _squares.AsSpan().Fill(one);
        _mean.AsSpan().Clear();
        _deviations.AsSpan().Clear();
    }

    /// <summary>Takes in the tile's maxima of some queries, and scales their sums; whether any of them changed.</summary>
    /// <param name="firstKey">The tile's first key, if <see cref="TilePlace"/> is filled; else −1.</param>
    /// <param name="start">The first query.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Advance(int firstKey, int start, int count)
    {
        bool changed = false;
        for (nuint i = (nuint)start; i < (nuint)(start + count); i += WideLanes.Count)
        {
            Vector512<double> tile = WideLanes.Load(in First(TileMax), i);
            Vector512<double> keys = WideLanes.Load(in First(KeyMax), i);
            Vector512<double> max = WideLanes.Load(in First(Max), i);
            Vector512<double> next = Vector512.ConditionalSelect(Vector512.GreaterThan(tile, max), tile, max);
            Vector512<double> delta = Vector512.Max(max - next, Vector512.Create(Nothing));
            Vector512<double> rises = Vector512.GreaterThan(tile, keys);
            WideLanes.Store(Vector512.ConditionalSelect(rises, tile, keys), ref First(KeyMax), i);
            if (firstKey >= 0)
            {
                Vector512<double> key = Vector512.Create((double)firstKey) + WideLanes.Load(in First(TilePlace), i);
                Vector512.ConditionalSelect(rises, key, Vector512.LoadUnsafe(ref First(_largestKey), i)).StoreUnsafe(ref First(_largestKey), i);
            }

            Vector512<double> mean = Vector512.LoadUnsafe(ref First(_mean), i);
            if (!Vector512.EqualsAll(delta, Vector512<double>.Zero))
            {
                changed = true;
                WideLanes.Store(next, ref First(Max), i);
                Vector512<double> left = Shrink(i, ShiftedExp<Lanes512<double>, double>.Exp(new(delta)).Value);
                mean += delta * RowScale<double>.Log2E;
                mean = Vector512.ConditionalSelect(Vector512.Equals(left, Vector512<double>.Zero), Vector512<double>.Zero, mean);
                mean.StoreUnsafe(ref First(_mean), i);
            }
            else
            {
                WideLanes.Store(Vector512<double>.One, ref First(Factor), i);
            }

            Vector512<double> centre = Vector512.ConditionalSelect(Vector512.GreaterThan(mean, Vector512.Create(FarMean)), mean, Vector512<double>.Zero);
            WideLanes.Store(centre, ref First(Centre), i);
        }

        return changed;
    }

    /// <summary>Adds the tile's sums of some queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Absorb(int start, int count, bool moments)
    {
        for (nuint i = (nuint)start; i < (nuint)(start + count); i += WideLanes.Count)
        {
            Vector512<double> before = Vector512.LoadUnsafe(ref First(_sum), i);
            Vector512<double> sum = WideLanes.Load(in First(TileSum), i);
            Vector512<double> all = before + sum;
            all.StoreUnsafe(ref First(_sum), i);
            if (!moments)
                continue;

            Vector512<double> weighted = WideLanes.Load(in First(TileWeighted), i);
            Vector512<double> mean = Vector512.LoadUnsafe(ref First(_mean), i);
            Vector512<double> some = Vector512.Equals(sum, Vector512<double>.Zero);
            Vector512<double> offset = weighted / Vector512.ConditionalSelect(some, Vector512<double>.One, sum);
            Vector512<double> within = WideLanes.Load(in First(TileDeviations), i) - (offset * weighted);
            Vector512<double> share = sum / Vector512.ConditionalSelect(some, Vector512<double>.One, all);
            Vector512<double> gap = WideLanes.Load(in First(Centre), i) + offset - mean;
            Vector512<double> deviations = Vector512.LoadUnsafe(ref First(_deviations), i);
            (deviations + Vector512.Max(within, Vector512<double>.Zero) + (gap * gap * before * share)).StoreUnsafe(ref First(_deviations), i);
            (mean + (gap * share)).StoreUnsafe(ref First(_mean), i);
            (Vector512.LoadUnsafe(ref First(_squares), i) + WideLanes.Load(in First(TileSquares), i)).StoreUnsafe(ref First(_squares), i);
        }
    }

    /// <summary>Takes in a run of keys for one query; returns the factors of what was summed before and of what the run summed.</summary>
    public (double Before, double Added) Merge(int i, in DecodePart part)
    {
        if (part.Sum == 0)
            return (1, 0);

        double max = double.CreateTruncating(Max[i]);
        double next = Math.Max(max, part.Max);
        double before = Math.Exp(Math.Max(max - next, Nothing));
        double added = Math.Exp(Math.Max(part.Max - next, Nothing));
        double sum = _sum[i] * before;
        double more = part.Sum * added;
        double mean = sum == 0 ? 0 : _mean[i] + (Math.Max(max - next, Nothing) * RowScale<double>.Log2E);
        double gap = more == 0 ? 0 : part.Mean + (Math.Max(part.Max - next, Nothing) * RowScale<double>.Log2E) - mean;
        _largestKey[i] = part.Max > double.CreateTruncating(KeyMax[i]) ? part.LargestKey : _largestKey[i];
        (Max[i], KeyMax[i]) = (T.CreateTruncating(next), T.Max(KeyMax[i], T.CreateTruncating(part.Max)));
        _sum[i] = sum + more;
        _mean[i] = mean + (gap * more / _sum[i]);
        _deviations[i] = (_deviations[i] * before) + (part.Deviations * added) + (gap * gap * sum * more / _sum[i]);
        _squares[i] = (_squares[i] * before * before) + (part.Squares * added * added);
        return (before, added);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TItem First<TItem>(TItem[] items) => ref MemoryMarshal.GetArrayDataReference(items);

    /// <summary>Multiplies the sums of eight queries, and returns what is left of Σe: where that is 0, there is no mean to keep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Shrink(nuint i, Vector512<double> factor)
    {
        WideLanes.Store(factor, ref First(Factor), i);
        Vector512<double> left = Vector512.LoadUnsafe(ref First(_sum), i) * factor;
        left.StoreUnsafe(ref First(_sum), i);
        (Vector512.LoadUnsafe(ref First(_deviations), i) * factor).StoreUnsafe(ref First(_deviations), i);
        (Vector512.LoadUnsafe(ref First(_squares), i) * factor * factor).StoreUnsafe(ref First(_squares), i);
        return left;
    }
}
