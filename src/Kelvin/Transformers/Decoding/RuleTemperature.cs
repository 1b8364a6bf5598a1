namespace Kelvin.Transformers.Decoding;

/// <summary>A policy made of a user's delegate.</summary>
/// <param name="rule">Called once a token.</param>
public sealed class RuleTemperature(TemperatureRule rule) : ITemperaturePolicy
{
    private readonly TemperatureRule _rule = rule ?? throw new ArgumentNullException(nameof(rule));

    /// <inheritdoc/>
    public TemperatureChoice Choose(in CandidateRow row) => new(_rule(row));
}
