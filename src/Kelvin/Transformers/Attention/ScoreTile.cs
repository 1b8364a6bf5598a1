using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>A tile of queries against tiles of keys: s = z/T of all that is seen, −∞ elsewhere; [keys, queries].</summary>
/// <remarks>Queries lie along the lanes, so that the softmax of each is taken down a column and never across a vector.</remarks>
internal readonly ref struct ScoreTile<TSimd, TVector, TLanes, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref readonly AttentionPlan<T> _plan;
    private readonly ScoreMap<T> _map;
    private readonly QueryTile _queries;
    private readonly AttentionRoom<T> _room;
    private readonly ref T _packed;
    private readonly ref T _scores;

    /// <summary>Packs the queries, times the factor of ⟨q, k⟩, and finds what they see.</summary>
    public ScoreTile(in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room)
    {
        _plan = ref plan;
        (_queries, _room) = (queries, room);
        _map = new ScoreMap<T>(plan, queries.Head);
        int size = TileSize.Queries * plan.Depth;
        _packed = ref room.QueryStrips.Take(size);
        _scores = ref room.Scores.Take(TileSize.Queries * TileSize.Keys);
        StridedMatrix<T> transposed = new(plan.Inputs.Queries, Transpose.Yes);
        if (!plan.ReadsInPlace)   // else all rows have been asked for at once
            CacheRows.Soon(ref transposed.At(queries.Head * plan.Depth, queries.First), transposed.ColumnStride, queries.Count, plan.Depth);
        room.Sight.TurnTo(plan, queries, Strips<TSimd, TVector, T>.GroupWidth);
        Strips<TSimd, TVector, T>.Pack(transposed, queries.Head * plan.Depth, plan.Depth, queries.First, queries.Count, plan.Depth, ref _packed);
        Span<T> strips = MemoryMarshal.CreateSpan(ref _packed, Strips<TSimd, TVector, T>.Padded(queries.Count) * plan.Depth);
        TensorPrimitives.Multiply(strips, _map.Product, strips);
    }

    /// <summary>The scores of the tile last computed.</summary>
    public ref T Scores => ref _scores;

    public ScoreMap<T> Map => _map;

    /// <summary>Computes the scores of a group of queries; the soft-cap's derivative goes to <paramref name="slopes"/>, which may be null.</summary>
    public void Compute(KeyTile keys, in KeyRows<T> rows, ScoreRange range, int start, int count, ref T slopes)
    {
        ref T scores = ref _scores;
        ScoreProducts<TSimd, TVector, T>.Group(rows, _plan.Depth, range, ref _packed, start, count, ref scores);
        if (_plan.SoftCap is not null)
            ScoreChanges<TLanes, T>.Cap(ref scores, range, start, count, _map.Cap, ref slopes);
        if (_map.Slope != T.Zero)
            ScoreChanges<TLanes, T>.Distance(ref scores, range, start, count, _map.Slope, ref Distances(keys, start, count));
        if (_plan.HasBias)
        {
            int row = _plan.BiasRow(_queries.Head, _queries.First);
            ScoreChanges<TLanes, T>.Bias(ref scores, keys, range, _plan.Inputs.Bias, row, start, count, _map.Beta);
        }

        if (!range.IsWhole)
            ScoreChanges<TLanes, T>.Mask(ref scores, range, start, count, _room.Sight.TileLow, _room.Sight.TileHigh);
    }

    /// <summary>Sets scores outside a group's range to 0, as far as <paramref name="all"/> reaches.</summary>
    public static void ClearOutside(ref T scores, ScoreRange range, ScoreRange all, int start, int count)
    {
        for (int key = all.Start; key < all.End; key++)
        {
            if (key < range.Start || key >= range.End)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref scores, (key * TileSize.Queries) + start), count).Clear();
        }
    }

    private static void Pad(T[] values, int end)
    {
        for (int i = end; i % TLanes.Count != 0; i++)
            values[i] = T.Zero;
    }

    private ref T Distances(KeyTile keys, int start, int count)
    {
        for (int i = start; i < start + count; i++)
            _room.Distance[i] = T.CreateTruncating(keys.First - (_queries.First + i + _plan.Offset));
        Pad(_room.Distance, start + count);
        return ref MemoryMarshal.GetArrayDataReference(_room.Distance);
    }
}
