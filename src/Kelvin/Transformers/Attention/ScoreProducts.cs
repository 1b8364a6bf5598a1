using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The products between keys and queries of a tile: rows of scores from vectors, and vectors weighted by scores.</summary>
internal static class ScoreProducts<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PanelRows = Strips<TSimd, TVector, T>.PanelRows;

    /// <summary>S = K Qᵀ, or dP = V dOᵀ: the rows from <paramref name="range"/>.Start to its end for the queries of a group.</summary>
    /// <param name="keys">The tile of keys.</param>
    /// <param name="depth">Length of a key.</param>
    /// <param name="range">The keys wanted.</param>
    /// <param name="strips">The transposed queries in strips.</param>
    /// <param name="start">The group's first query.</param>
    /// <param name="count">Queries of the group.</param>
    /// <param name="scores">The tile of scores.</param>
    public static void Group(in KeyRows<T> keys, int depth, ScoreRange range, ref T strips, int start, int count, ref T scores)
    {
        for (int strip = start; strip < start + count; strip += Strips<TSimd, TVector, T>.Width)
        {
            ref T b = ref Unsafe.Add(ref strips, strip * depth);
            int width = Strips<TSimd, TVector, T>.WidthOf(start + count - strip);
            for (int row = range.Start; row < Math.Min(range.End, keys.Count); row += PanelRows)
            {
                int key = Math.Min(row, keys.Count - PanelRows);   // the last rows in place overlap with those before
                ref T a = ref keys.At(key);
                ref T c = ref Unsafe.Add(ref scores, (key * TileSize.Queries) + strip);
                if (keys.ArePacked)
                    Strips<TSimd, TVector, T>.Multiply<PanelKeys>(ref a, 0, ref b, width, depth, ref c, TileSize.Queries, adds: false);
                else
                    Strips<TSimd, TVector, T>.Multiply<PlacedKeys>(ref a, keys.Stride, ref b, width, depth, ref c, TileSize.Queries, adds: false);
            }
        }
    }

    /// <summary>O ← O + Pᵀ V, or dQ ← dQ + dSᵀ K, for scores [keys, queries]: six queries at a time, over the keys that they see.</summary>
    /// <param name="scores">The tile of scores.</param>
    /// <param name="sight">Knows what is seen of the tile of keys.</param>
    /// <param name="queries">Number of queries.</param>
    /// <param name="strips">The tile's values or keys in strips.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="sums">O or dQ, a row a query, padded to whole strips.</param>
    public static void AddKeys(
        ref T scores, Sight<T> sight, int queries, ref T strips, int columns, ref T sums)
    {
        int stride = Strips<TSimd, TVector, T>.Padded(columns);
        for (int strip = 0; strip < columns; strip += Strips<TSimd, TVector, T>.Width)
        {
            ref T b = ref Unsafe.Add(ref strips, strip * TileSize.Keys);
            int width = Strips<TSimd, TVector, T>.WidthOf(columns - strip);
            for (int i = 0; i < queries; i += PanelRows)
            {
                ScoreRange seen = sight.Six(i);
                ref T c = ref Unsafe.Add(ref sums, (i * stride) + strip);
                if (!seen.IsEmpty)
                {
                    Strips<TSimd, TVector, T>.Multiply<ScoresByKey>(
                        ref Unsafe.Add(ref scores, (seen.From * TileSize.Queries) + i),
                        0,
                        ref Unsafe.Add(ref b, seen.From * width),
                        width,
                        seen.To - seen.From,
                        ref c,
                        stride,
                        adds: true);
                }
            }
        }
    }
}
