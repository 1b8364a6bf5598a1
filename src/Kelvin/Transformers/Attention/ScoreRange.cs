namespace Kelvin.Transformers.Attention;

/// <summary>The keys of a tile that some queries see, counted from the tile's first key.</summary>
/// <param name="From">The first that any of them sees.</param>
/// <param name="To">The one after the last; From = To when none is seen.</param>
/// <param name="IsWhole">Whether each of the queries sees each of the tile's keys, and these are a whole number of steps.</param>
internal readonly record struct ScoreRange(int From, int To, bool IsWhole)
{
    /// <summary>The range of the queries whose bounds are given.</summary>
    public static ScoreRange Of(ReadOnlySpan<int> low, ReadOnlySpan<int> high, KeyTile keys)
    {
        (int first, int lastLow, int firstHigh, int last) = (int.MaxValue, 0, int.MaxValue, 0);
        for (int i = 0; i < low.Length; i++)
        {
            firstHigh = Math.Min(firstHigh, high[i]);
            lastLow = Math.Max(lastLow, low[i]);
            if (low[i] == high[i])
                continue;
            first = Math.Min(first, low[i]);
            last = Math.Max(last, high[i]);
        }

        int from = Math.Max(first, keys.First) - keys.First;
        int to = Math.Min(last, keys.First + keys.Count) - keys.First;
        return from < to
            ? new(from, to, lastLow <= keys.First && firstHigh >= keys.First + keys.Count && keys.Count % TileSize.Step == 0)
            : new(0, 0, false);
    }

    /// <summary>Whether none is seen.</summary>
    public bool IsEmpty => From == To;

    /// <summary><see cref="From"/>, rounded down to a whole step.</summary>
    public int Start => From - (From % TileSize.Step);

    /// <summary><see cref="To"/>, rounded up to a whole step; rows of scores beyond <see cref="To"/> are masked.</summary>
    public int End => TileSize.Whole(To, TileSize.Step);
}
