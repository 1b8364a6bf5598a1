namespace Kelvin.Conformance;

/// <summary>The precision a case is evaluated in.</summary>
internal enum Precision
{
    Double,
    Float,
}
