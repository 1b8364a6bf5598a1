namespace Kelvin.Transformers.Attention;

/// <summary>Six rows of a tile of scores, read key by key.</summary>
internal readonly struct OneBelowAnother : IRowLayout
{
    public static nint RowStride(nint apart) => TileSize.Queries;

    public static nint Step(nint apart) => apart;
}
