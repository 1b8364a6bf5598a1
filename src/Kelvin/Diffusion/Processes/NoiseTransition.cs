namespace Kelvin.Diffusion;

/// <summary>The forward process between two times s ≤ t: x_t = a x_s + √v ε.</summary>
/// <param name="Alpha">a = α_t/α_s.</param>
/// <param name="Variance">v = σ_t² − a² σ_s²: 1 − a² for a variance-preserving process.</param>
public readonly record struct NoiseTransition(double Alpha, double Variance);
