namespace Kelvin.Stability;

/// <summary>The largest stable step of a start, as multiples of 2/λ_max there.</summary>
/// <param name="Low">The largest multiple found stable; NaN where not even the smallest tried is.</param>
/// <param name="High">The smallest multiple above it found unstable; +∞ where none is.</param>
/// <param name="Runs">Runs of descent that the search took.</param>
public readonly record struct StableStepResult(double Low, double High, int Runs)
{
    /// <summary>The middle of the bracket on a logarithmic scale; NaN or ∞ where an end is.</summary>
    public double Multiple => Math.Sqrt(Low * High);
}
