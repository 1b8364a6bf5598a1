namespace Kelvin.Transformers.Decoding;

/// <summary>Lowers the temperature where the model is sure: T = T₀·N^(θ/H), H the entropy at T = 1 in nats.</summary>
/// <remarks>
/// <para>With N &lt; 1, T rises from 0 at H = 0 towards T₀ as H grows. θ = 0 is the fixed temperature T₀.</para>
/// <para>A row with H = 0 has the limit T = 0 when θ &gt; 0.</para>
/// <para>Source: Zhang, Bao and Huang, EDT, arXiv 2403.14541 (2024); they fix N = 0.8 and tune T₀ and θ.</para>
/// </remarks>
public sealed class EntropyBasedTemperature : ITemperaturePolicy
{
    private readonly double _base;
    private readonly double _theta;
    private readonly double _n;

    /// <summary>Sets the constants of the formula.</summary>
    /// <param name="baseTemperature">T₀ &gt; 0, which T never exceeds.</param>
    /// <param name="theta">θ ≥ 0, in nats: how much uncertainty it takes to reach T₀·N.</param>
    /// <param name="n">N, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range.</exception>
    public EntropyBasedTemperature(double baseTemperature, double theta, double n = 0.8)
    {
        Require.Temperature(baseTemperature);
        Require.Between(theta, 0, double.MaxValue);
        Require.Between(n, double.Epsilon, 1);
        (_base, _theta, _n) = (baseTemperature, theta, n);
    }

    /// <inheritdoc/>
    public TemperatureChoice Choose(in CandidateRow row) =>
        new(_theta == 0 || _n == 1 ? _base : _base * Math.Pow(_n, _theta / Math.Max(0, row.Statistics.Entropy)));
}
