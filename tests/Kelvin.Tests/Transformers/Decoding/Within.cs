namespace Kelvin.Tests.Transformers.Decoding;

/// <summary>Equality of numbers to a relative tolerance; infinities equal themselves.</summary>
internal sealed class Within(double tolerance) : IEqualityComparer<double>
{
    public bool Equals(double x, double y) => x == y || Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x));

    public int GetHashCode(double obj) => 0;
}
