namespace Kelvin.Linear;

/// <summary>How far to go in the search for an eigenvalue.</summary>
public sealed record EigenvalueOptions
{
    /// <summary>The options when none are given.</summary>
    public static EigenvalueOptions Default { get; } = new();

    /// <summary>Residual ‖A·v − λ·v‖ at which an eigenvalue counts as found, as a share of the largest |λ| seen; from 1e-15 to 1.
    /// The default, 1e-10, leaves room for products that are themselves computed in double.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Products with A after which the search ends without success, ≥ 1. Lanczos keeps a vector for each.</summary>
    public int MaxIterations { get; init; } = 500;

    /// <summary>Seed of the start vector: the same seed gives the same result.</summary>
    public int Seed { get; init; } = 1;
}
