using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Queries and keys that are handled together.</summary>
/// <remarks>
/// 96 is a multiple of the micro-kernel's six rows and of its strips at every width. Twice as many keys as queries make the sums of O longer and the ends of tiles
/// fewer (a fortieth of the time of 1 024 keys); the scores of a tile, 72 KB of floats, stay in the second-level cache.
/// </remarks>
internal static class TileSize
{
    public const int Queries = 96;

    public const int Keys = 2 * Queries;

    /// <summary>Queries or keys whose products are summed together: the rows of the micro-kernel.</summary>
    public const int Rows = PackedRows.Height;

    /// <summary>Rows of scores are taken in multiples of this: six for the product, four for the exponential.</summary>
    public const int Step = 12;

    /// <summary>Tiles that cover <paramref name="length"/>.</summary>
    public static int Count(int length, int size) => (length + size - 1) / size;

    /// <summary><paramref name="length"/>, rounded up to a multiple of <paramref name="size"/>.</summary>
    public static int Whole(int length, int size) => Count(length, size) * size;
}
