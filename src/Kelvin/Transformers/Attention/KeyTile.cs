namespace Kelvin.Transformers.Attention;

/// <summary>Up to <see cref="TileSize.Keys"/> keys.</summary>
/// <param name="First">The first key.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct KeyTile(int First, int Count)
{
    /// <summary>Tile <paramref name="index"/> of <paramref name="keys"/> keys.</summary>
    public static KeyTile Of(int index, int keys) => new(index * TileSize.Keys, Math.Min(TileSize.Keys, keys - (index * TileSize.Keys)));
}
