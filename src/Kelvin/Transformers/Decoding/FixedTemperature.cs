namespace Kelvin.Transformers.Decoding;

/// <summary>The same temperature for every token.</summary>
public sealed class FixedTemperature : ITemperaturePolicy
{
    private readonly TemperatureChoice _choice;

    /// <summary>Fixes T.</summary>
    /// <param name="temperature">T ≥ 0; 0 takes the most probable token.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is negative, infinite or NaN.</exception>
    public FixedTemperature(double temperature)
    {
        Require.Between(temperature, 0, double.MaxValue);
        _choice = new TemperatureChoice(temperature);
    }

    /// <inheritdoc/>
    public TemperatureChoice Choose(in CandidateRow row) => _choice;
}
