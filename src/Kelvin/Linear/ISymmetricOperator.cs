namespace Kelvin.Linear;

/// <summary>A symmetric matrix A that is known by what it does to a vector.</summary>
public interface ISymmetricOperator
{
    /// <summary>Number of rows and columns n.</summary>
    int Size { get; }

    /// <summary>Sets y to A·x, both of shape [n].</summary>
    void Apply(ReadOnlySpan<double> x, Span<double> y);
}
