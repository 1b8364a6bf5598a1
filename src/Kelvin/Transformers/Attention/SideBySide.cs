namespace Kelvin.Transformers.Attention;

/// <summary>Six rows side by side: packed panels, and scores read query by query.</summary>
internal readonly struct SideBySide : IRowLayout
{
    public static int RowStride => 1;
}
