namespace Kelvin.Transformers.Attention;

/// <summary>Up to <see cref="TileSize.Queries"/> queries of one head.</summary>
/// <param name="Head">The query head.</param>
/// <param name="Slot">Place of its key head among those packed.</param>
/// <param name="First">The first query.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct QueryTile(int Head, int Slot, int First, int Count)
{
    /// <summary>Tile <paramref name="index"/> of <paramref name="queries"/> queries.</summary>
    public static QueryTile Of(int head, int slot, int index, int queries) =>
        new(head, slot, index * TileSize.Queries, Math.Min(TileSize.Queries, queries - (index * TileSize.Queries)));
}
