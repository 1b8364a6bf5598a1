namespace Kelvin.Transformers.Attention;

/// <summary>Six rows of a matrix, each of them in one piece.</summary>
internal readonly struct InPlace : IRowLayout
{
    public static nint RowStride(nint apart) => apart;

    public static nint Step(nint apart) => 1;
}
