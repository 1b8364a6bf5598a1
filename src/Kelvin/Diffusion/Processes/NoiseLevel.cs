namespace Kelvin.Diffusion;

/// <summary>What a forward process is at one time: x_t = α x_0 + σ ε, dX = f X dt + √β dB.</summary>
/// <param name="Time">t ≥ 0.</param>
/// <param name="Alpha">α, the share of the data that is left; 1 at t = 0.</param>
/// <param name="Variance">σ², the variance of the noise; 0 at t = 0.</param>
/// <param name="Rate">β, the noise added per unit of time (the squared diffusion coefficient).</param>
/// <param name="Drift">f: −β/2 for a variance-preserving process, 0 for a variance-exploding one.</param>
public readonly record struct NoiseLevel(double Time, double Alpha, double Variance, double Rate, double Drift)
{
    /// <summary>σ, the standard deviation of the noise.</summary>
    public double Sigma => Math.Sqrt(Variance);

    /// <summary>log(α²/σ²), the log of the signal-to-noise ratio; +∞ at t = 0.</summary>
    public double LogSnr => 2 * Math.Log(Alpha / Sigma);
}
