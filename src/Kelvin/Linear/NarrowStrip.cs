namespace Kelvin.Linear;

/// <summary>One vector of columns.</summary>
internal readonly struct NarrowStrip : IStrip
{
    public static int Vectors => 1;
}
