using System.Numerics;

namespace Kelvin.Transformers.Attention;

/// <summary>What the queries of a tile see: of all keys, and of the tile of keys looked at. Heads that follow one another on the same tiles share it.</summary>
internal sealed class Sight<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _low = new int[TileSize.Queries];
    private readonly int[] _high = new int[TileSize.Queries];
    private readonly ScoreRange[] _groups = new ScoreRange[TileSize.Queries / 8];
    private readonly ScoreRange[] _sixes = new ScoreRange[TileSize.Queries / TileSize.Rows];
    private readonly (int From, int To)[] _seeing = new (int From, int To)[TileSize.Keys / TileSize.Rows];
    private int _first;
    private int _count;
    private int _groupWidth;
    private KeyTile _keys;

    /// <summary>First key that each query of the tile sees; the last query stands in for those that are missing from its group.</summary>
    public ReadOnlySpan<int> Low => _low;

    /// <summary>The key after the last that each query sees.</summary>
    public ReadOnlySpan<int> High => _high;

    /// <summary><see cref="Low"/> from the start of the tile of keys.</summary>
    public T[] TileLow { get; } = new T[TileSize.Queries];

    /// <summary><see cref="High"/> from the start of the tile of keys.</summary>
    public T[] TileHigh { get; } = new T[TileSize.Queries];

    /// <summary>The tiles of keys in which anything is seen: first, and one after the last.</summary>
    public (int First, int End) KeyTiles { get; private set; }

    /// <summary>What is seen of the tile of keys by any query.</summary>
    public ScoreRange All { get; private set; }

    /// <summary>What the group of queries that begins with <paramref name="start"/> sees of the tile of keys.</summary>
    public ScoreRange Group(int start) => All.IsWhole ? All : _groups[start / _groupWidth];

    /// <summary>What the six queries from <paramref name="start"/> on see of the tile of keys.</summary>
    public ScoreRange Six(int start) => All.IsWhole ? All : _sixes[start / TileSize.Rows];

    /// <summary>The first query that sees any of the six keys from <paramref name="key"/> on, and the one after the last.</summary>
    public (int From, int To) Seeing(int key) => All.IsWhole ? (0, _count) : _seeing[key / TileSize.Rows];

    /// <summary>Before another problem.</summary>
    public void Forget() => _count = 0;

    /// <summary>Turns to a tile of queries, whatever their head.</summary>
    public void TurnTo(in AttentionPlan<T> plan, QueryTile queries, int groupWidth)
    {
        if (_count > 0 && _first == queries.First)
            return;
        (_first, _count, _groupWidth, _keys) = (queries.First, queries.Count, groupWidth, default);
        for (int i = 0; i < TileSize.Whole(_count, groupWidth); i++)
            (_low[i], _high[i]) = plan.Visible(_first + Math.Min(i, _count - 1));
        ScoreRange all = Range(0, _count, new KeyTile(0, plan.Keys));
        KeyTiles = (all.From / TileSize.Keys, TileSize.Count(all.To, TileSize.Keys));
    }

    /// <summary>Looks at a tile of keys.</summary>
    public void LookAt(KeyTile keys)
    {
        if (keys == _keys)
            return;
        _keys = keys;
        All = Range(0, _count, keys);
        if (All.IsWhole || All.IsEmpty)
            return;
        for (int start = 0; start < _count; start += _groupWidth)
            _groups[start / _groupWidth] = Range(start, Math.Min(_groupWidth, _count - start), keys);
        for (int start = 0; start < _count; start += TileSize.Rows)
            _sixes[start / TileSize.Rows] = Range(start, Math.Min(TileSize.Rows, _count - start), keys);
        for (int key = All.Start; key < All.To; key += TileSize.Rows)
            _seeing[key / TileSize.Rows] = Seeing(keys.First + key, keys.First + key + TileSize.Rows);
        for (int i = 0; i < TileSize.Whole(_count, _groupWidth); i++)
        {
            TileLow[i] = T.CreateTruncating(Math.Max(-1, _low[i] - keys.First));
            TileHigh[i] = T.CreateTruncating(Math.Min(TileSize.Keys, _high[i] - keys.First));
        }
    }

    private ScoreRange Range(int start, int count, KeyTile keys) => ScoreRange.Of(_low.AsSpan(start, count), _high.AsSpan(start, count), keys);

    /// <summary>The queries that see any of the keys from low up to high.</summary>
    private (int From, int To) Seeing(int low, int high)
    {
        int from = 0;
        int to = _count;
        while (from < to && !Sees(from, low, high))
            from++;
        while (to > from && !Sees(to - 1, low, high))
            to--;
        return (from, to);
    }

    private bool Sees(int query, int low, int high) => _low[query] < high && _high[query] > low;
}
