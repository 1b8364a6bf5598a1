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
/// a centre near the mean, which follows it when the distance begins to count: a tile is then added without a division.</para>
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
    private readonly double[] _centre = new double[TileSize.Queries];
    private readonly double[] _weighted = new double[TileSize.Queries];
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

    /// <summary>c, from where the next tile measures its deviations.</summary>
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

    /// <summary>c, near ⟨y⟩.</summary>
    public ReadOnlySpan<double> Centres => _centre;

    /// <summary>Σ e (y − c).</summary>
    public ReadOnlySpan<double> Weighted => _weighted;

    /// <summary>Σ e (y − c)².</summary>
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
        Centre.AsSpan().Clear();
        _centre.AsSpan().Clear();
        _weighted.AsSpan().Clear();
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

            if (!Vector512.EqualsAll(delta, Vector512<double>.Zero))
            {
                changed = true;
                WideLanes.Store(next, ref First(Max), i);
                Shrink(i, ShiftedExp<Lanes512<double>, double>.Exp(new(delta)).Value);
                Vector512<double> centre = Vector512.LoadUnsafe(ref First(_centre), i) + (delta * RowScale<double>.Log2E);
                MoveCentre(i, centre, centre);
            }
            else
            {
                WideLanes.Store(Vector512<double>.One, ref First(Factor), i);
            }
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

            Vector512<double> weighted = Vector512.LoadUnsafe(ref First(_weighted), i) + WideLanes.Load(in First(TileWeighted), i);
            Vector512<double> deviations = Vector512.LoadUnsafe(ref First(_deviations), i) + WideLanes.Load(in First(TileDeviations), i);
            weighted.StoreUnsafe(ref First(_weighted), i);
            deviations.StoreUnsafe(ref First(_deviations), i);
            (Vector512.LoadUnsafe(ref First(_squares), i) + WideLanes.Load(in First(TileSquares), i)).StoreUnsafe(ref First(_squares), i);
            if (!Vector512.GreaterThanAny(weighted * weighted * 4, deviations * all))
                continue;
            Vector512<double> centre = Vector512.LoadUnsafe(ref First(_centre), i);
            MoveCentre(i, centre, centre + (weighted / Vector512.ConditionalSelect(Vector512.Equals(all, Vector512<double>.Zero), Vector512<double>.One, all)));
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
        double mean = sum == 0 ? 0 : _centre[i] + (Math.Max(max - next, Nothing) * RowScale<double>.Log2E);
        double gap = more == 0 ? 0 : part.Mean + (Math.Max(part.Max - next, Nothing) * RowScale<double>.Log2E) - mean;
        _largestKey[i] = part.Max > double.CreateTruncating(KeyMax[i]) ? part.LargestKey : _largestKey[i];
        (Max[i], KeyMax[i]) = (T.CreateTruncating(next), T.Max(KeyMax[i], T.CreateTruncating(part.Max)));
        _sum[i] = sum + more;
        _centre[i] = mean + (gap * more / _sum[i]);
        _deviations[i] = (_deviations[i] * before) + (part.Deviations * added) + (gap * gap * sum * more / _sum[i]);
        _squares[i] = (_squares[i] * before * before) + (part.Squares * added * added);
        return (before, added);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TItem First<TItem>(TItem[] items) => ref MemoryMarshal.GetArrayDataReference(items);

    /// <summary>Multiplies the sums of eight queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shrink(nuint i, Vector512<double> factor)
    {
        WideLanes.Store(factor, ref First(Factor), i);
        (Vector512.LoadUnsafe(ref First(_sum), i) * factor).StoreUnsafe(ref First(_sum), i);
        (Vector512.LoadUnsafe(ref First(_weighted), i) * factor).StoreUnsafe(ref First(_weighted), i);
        (Vector512.LoadUnsafe(ref First(_deviations), i) * factor).StoreUnsafe(ref First(_deviations), i);
        (Vector512.LoadUnsafe(ref First(_squares), i) * factor * factor).StoreUnsafe(ref First(_squares), i);
    }

    /// <summary>Puts the centres of eight queries near <paramref name="mean"/>, or to 0 where that is far below the maximum.</summary>
    /// <param name="i">The first of them.</param>
    /// <param name="centre">Where the sums were taken around.</param>
    /// <param name="mean">Where they are wanted.</param>
    private void MoveCentre(nuint i, Vector512<double> centre, Vector512<double> mean)
    {
        WideLanes.Store(Vector512.ConditionalSelect(Vector512.GreaterThan(mean, Vector512.Create(FarMean)), mean, Vector512<double>.Zero), ref First(Centre), i);
        Vector512<double> next = WideLanes.Load(in First(Centre), i);   // as T rounds it
        next.StoreUnsafe(ref First(_centre), i);
        Vector512<double> step = next - centre;
        Vector512<double> shift = step * Vector512.LoadUnsafe(ref First(_sum), i);
        Vector512<double> weighted = Vector512.LoadUnsafe(ref First(_weighted), i);
        Vector512<double> deviations = Vector512.LoadUnsafe(ref First(_deviations), i) - (step * (weighted + weighted - shift));
        Vector512.Max(deviations, Vector512<double>.Zero).StoreUnsafe(ref First(_deviations), i);
        (weighted - shift).StoreUnsafe(ref First(_weighted), i);
    }
}
