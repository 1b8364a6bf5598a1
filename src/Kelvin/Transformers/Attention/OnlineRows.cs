using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The softmax of each query of a tile as far as keys have been seen: m, the largest score, and sums over e = exp(s − m), s = z/T.</summary>
/// <remarks>
/// <para>The sums are kept in double, a vector of queries at a time. When m rises they are scaled by exp(m − m'). A learnt sink is what was seen before the first key.</para>
/// <para>y = (s − m) log₂e ≤ 0, so that the entropy log Σe − ln 2·⟨y⟩ is a sum of two numbers that are not negative. Squared deviations are taken around
/// the maximum and, once the mean's distance from there counts, around a centre near the mean: a tile is then added without a division.</para>
/// <para>Source: Milakov and Gimelshein, arXiv 1805.02867.</para>
/// </remarks>
internal sealed class OnlineRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Below this many nats exp is 0 in double, and a smaller m − m' would only overflow somewhere.</summary>
    private const double Nothing = -800;

    /// <summary>Means further than this many bits below the maximum say nothing about the tile to come.</summary>
    private const double FarMean = -8;

    /// <summary>What squared deviations from the centre may exceed those from the mean by: it costs log₂ of this in bits.</summary>
    private const double WorstCondition = 16;

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
    /// <param name="count">Queries, rounded up to whole groups.</param>
    public void Start(double? sink, int count)
    {
        Max.AsSpan(0, count).Fill(sink is { } score ? T.Max(NoScore, T.CreateTruncating(score)) : NoScore);
        KeyMax.AsSpan(0, count).Fill(T.NegativeInfinity);
        _largestKey.AsSpan(0, count).Fill(-1);
        FirstScore.AsSpan(0, count).Fill(T.NegativeInfinity);
        double one = sink is { } there ? there - there + 1 : 0;   // NaN for a sink that is not finite
        _sum.AsSpan(0, count).Fill(one);
        _squares.AsSpan(0, count).Fill(one);
        Centre.AsSpan(0, count).Clear();
        _centre.AsSpan(0, count).Clear();
        _weighted.AsSpan(0, count).Clear();
        _deviations.AsSpan(0, count).Clear();
    }

    /// <summary>Takes in the tile's maxima of some queries, and scales their sums; whether any of them changed.</summary>
    /// <param name="firstKey">The tile's first key, if <see cref="TilePlace"/> is filled; else −1.</param>
    /// <param name="start">The first query.</param>
    /// <param name="count">How many.</param>
    public bool Advance(int firstKey, int start, int count) =>
        DoubleLanes.AreEight ? Advance<Lanes512<double>>(firstKey, start, count)
        : DoubleLanes.AreFour ? Advance<Lanes256<double>>(firstKey, start, count) : Advance<Lanes128<double>>(firstKey, start, count);

    /// <summary>Adds the tile's sums of some queries.</summary>
    public void Absorb(int start, int count, bool moments)
    {
        if (DoubleLanes.AreEight)
            Absorb<Lanes512<double>>(start, count, moments);
        else if (DoubleLanes.AreFour)
            Absorb<Lanes256<double>>(start, count, moments);
        else
            Absorb<Lanes128<double>>(start, count, moments);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Advance<TLanes>(int firstKey, int start, int count)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        bool changed = false;
        for (nuint i = (nuint)start; i < (nuint)(start + count); i += (nuint)TLanes.Count)
        {
            TLanes tile = Load<TLanes>(TileMax, i), keys = Load<TLanes>(KeyMax, i), max = Load<TLanes>(Max, i);
            TLanes next = TLanes.WhereLess(max, tile, tile, max);
            TLanes delta = TLanes.Max(TLanes.All(Nothing), max - next);
            Store(TLanes.WhereLess(keys, tile, tile, keys), KeyMax, i);
            if (firstKey >= 0)
            {
                TLanes key = TLanes.All((double)firstKey) + Load<TLanes>(TilePlace, i);
                TLanes.WhereLess(keys, tile, key, TLanes.Load(in First(_largestKey), i)).Store(ref First(_largestKey), i);
            }

            if (AreAllZero(TLanes.Load(in First(_sum), i)))   // nothing is there to be scaled
            {
                Store(next, Max, i);
                Store(TLanes.All(1.0), Factor, i);
            }
            else if (!AreAllZero(delta))
            {
                changed = true;
                Store(next, Max, i);
                Shrink(i, ShiftedExp<TLanes, double>.Exp(delta));
                TLanes before = TLanes.Load(in First(_centre), i), centre = before + (delta * TLanes.All(RowScale<double>.Log2E));
                MoveCentre(i, centre, TLanes.WhereEqual(before, default, default, centre));
            }
            else
            {
                Store(TLanes.All(1.0), Factor, i);
            }
        }

        return changed;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Absorb<TLanes>(int start, int count, bool moments)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        for (nuint i = (nuint)start; i < (nuint)(start + count); i += (nuint)TLanes.Count)
        {
            TLanes all = TLanes.Load(in First(_sum), i) + Load<TLanes>(TileSum, i);
            all.Store(ref First(_sum), i);
            if (!moments)
                continue;

            TLanes weighted = TLanes.Load(in First(_weighted), i) + Load<TLanes>(TileWeighted, i);
            TLanes deviations = TLanes.Load(in First(_deviations), i) + Load<TLanes>(TileDeviations, i);
            weighted.Store(ref First(_weighted), i);
            deviations.Store(ref First(_deviations), i);
            (TLanes.Load(in First(_squares), i) + Load<TLanes>(TileSquares, i)).Store(ref First(_squares), i);
            if (!TLanes.AnyLess(deviations * all, weighted * weighted * TLanes.All(WorstCondition / (WorstCondition - 1))))
                continue;
            TLanes centre = TLanes.Load(in First(_centre), i);
            MoveCentre(i, centre, centre + (weighted / TLanes.WhereEqual(all, default, TLanes.All(1.0), all)));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load<TLanes>(T[] items, nuint i)
        where TLanes : unmanaged, ILanes<TLanes, double> => DoubleLanes.Load<TLanes, T>(in First(items), i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(TLanes values, T[] items, nuint i)
        where TLanes : unmanaged, ILanes<TLanes, double> => DoubleLanes.Store(values, ref First(items), i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreAllZero<TLanes>(TLanes values)
        where TLanes : unmanaged, ILanes<TLanes, double> => TLanes.EqualBits(values, default) == (1ul << TLanes.Count) - 1;

    /// <summary>Multiplies the sums of a few queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shrink<TLanes>(nuint i, TLanes factor)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        Store(factor, Factor, i);
        (TLanes.Load(in First(_sum), i) * factor).Store(ref First(_sum), i);
        (TLanes.Load(in First(_weighted), i) * factor).Store(ref First(_weighted), i);
        (TLanes.Load(in First(_deviations), i) * factor).Store(ref First(_deviations), i);
        (TLanes.Load(in First(_squares), i) * factor * factor).Store(ref First(_squares), i);
    }

    /// <summary>Puts the centres of a few queries near <paramref name="mean"/>, or to 0 where that is far below the maximum.</summary>
    /// <param name="i">The first of them.</param>
    /// <param name="centre">Where the sums were taken around.</param>
    /// <param name="mean">Where they are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveCentre<TLanes>(nuint i, TLanes centre, TLanes mean)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        Store(TLanes.WhereLess(TLanes.All(FarMean), mean, mean, default), Centre, i);
        TLanes next = Load<TLanes>(Centre, i);   // as T rounds it
        next.Store(ref First(_centre), i);
        TLanes step = next - centre;
        TLanes shift = step * TLanes.Load(in First(_sum), i);
        TLanes weighted = TLanes.Load(in First(_weighted), i);
        TLanes deviations = TLanes.Load(in First(_deviations), i) - (step * (weighted + weighted - shift));
        TLanes.Max(default, deviations).Store(ref First(_deviations), i);
        (weighted - shift).Store(ref First(_weighted), i);
    }
}
