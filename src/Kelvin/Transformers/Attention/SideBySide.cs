namespace Kelvin.Transformers.Attention;

/// <summary>Six rows side by side: packed panels, and scores read query by query.</summary>
internal readonly struct SideBySide : IRowLayout
{
    public static nint RowStride(nint apart) => 1;

    public static nint Step(nint apart) => apart;
}
