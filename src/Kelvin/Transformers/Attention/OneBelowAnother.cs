namespace Kelvin.Transformers.Attention;

/// <summary>Six rows of a tile of scores, read key by key.</summary>
internal readonly struct OneBelowAnother : IRowLayout
{
    public static int RowStride => TileSize.Queries;
}
