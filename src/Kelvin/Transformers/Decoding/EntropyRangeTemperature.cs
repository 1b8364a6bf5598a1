namespace Kelvin.Transformers.Decoding;

/// <summary>Moves the temperature between two ends with the normalised entropy: T = a + (b − a)·(H/log k)^e.</summary>
/// <remarks>
/// <para>H is the entropy at T = 1 and k the number of candidates. One candidate has T = a, which changes nothing.</para>
/// <para>Source: the "dynatemp" sampler of llama.cpp (pull request 4972, 2024), there given as b, a = T ± range.</para>
/// </remarks>
public sealed class EntropyRangeTemperature : ITemperaturePolicy
{
    private readonly double _lowest;
    private readonly double _highest;
    private readonly double _exponent;

    /// <summary>Sets the ends and the bend between them.</summary>
    /// <param name="lowest">a ≥ 0: T of a certain row.</param>
    /// <param name="highest">b ≥ a: T of a uniform row.</param>
    /// <param name="exponent">e &gt; 0; above 1 only rows near the uniform one are heated.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public EntropyRangeTemperature(double lowest, double highest, double exponent = 1)
    {
        Require.Between(lowest, 0, double.MaxValue);
        Require.Between(highest, lowest, double.MaxValue);
        Require.Positive(exponent);
        (_lowest, _highest, _exponent) = (lowest, highest, exponent);
    }

    /// <inheritdoc/>
    public TemperatureChoice Choose(in CandidateRow row)
    {
        double share = Math.Clamp(row.Statistics.NormalizedEntropy, 0, 1);
        return new TemperatureChoice(_lowest + ((_highest - _lowest) * Math.Pow(share, _exponent)));
    }
}
