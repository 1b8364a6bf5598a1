namespace Kelvin.Transformers.Attention;

/// <summary>Queries and keys that are handled together.</summary>
/// <remarks>96 is a multiple of the micro-kernel's six rows and of its strips at every width, and the scores of a tile stay in the second-level cache.</remarks>
internal static class TileSize
{
    public const int Queries = 96;

    public const int Keys = 96;

    /// <summary>Queries or keys whose products are summed together: the rows of the micro-kernel.</summary>
    public const int Rows = 6;

    /// <summary>Rows of scores are taken in multiples of this: six for the product, four for the exponential.</summary>
    public const int Step = 12;

    /// <summary>Tiles that cover <paramref name="length"/>.</summary>
    public static int Count(int length, int size) => (length + size - 1) / size;

    /// <summary><paramref name="length"/>, rounded up to a multiple of <paramref name="size"/>.</summary>
    public static int Whole(int length, int size) => Count(length, size) * size;
}
