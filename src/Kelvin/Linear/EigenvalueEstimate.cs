namespace Kelvin.Linear;

/// <summary>An eigenvalue as far as it was found.</summary>
/// <param name="Value">λ, the Rayleigh quotient of the vector. NaN when a product with A was not finite.</param>
/// <param name="Residual">‖A·v − λ·v‖ for ‖v‖ = 1, measured: some eigenvalue of A lies no farther from λ than this.</param>
/// <param name="HasConverged">Whether the residual reached the tolerance.</param>
/// <param name="Iterations">Products with A that the search took.</param>
/// <param name="Vector">v, shape [n], of length 1; its sign is arbitrary.</param>
public sealed record EigenvalueEstimate(
    double Value, double Residual, bool HasConverged, int Iterations, ReadOnlyMemory<double> Vector);
