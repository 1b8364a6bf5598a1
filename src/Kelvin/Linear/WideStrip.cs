namespace Kelvin.Linear;

/// <summary>Two vectors of columns.</summary>
internal readonly struct WideStrip : IStrip
{
    public static int Vectors => 2;
}
