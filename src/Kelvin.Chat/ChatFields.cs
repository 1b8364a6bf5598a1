namespace Kelvin.Chat;

/// <summary>Names in <c>ChatOptions.AdditionalProperties</c> that steer a model of Kelvin beyond what every endpoint knows.</summary>
public static class ChatFields
{
    /// <summary>Entropy in nats that every token is drawn at, in place of a fixed temperature.</summary>
    public const string TargetEntropy = "target_entropy";

    /// <summary>Least probability of a candidate, as a share of the most probable one's.</summary>
    public const string MinP = "min_p";

    /// <summary>ρ ≥ 1 of the repetition penalty.</summary>
    public const string RepetitionPenalty = "repetition_penalty";

    /// <summary>How many of the most probable tokens to record for each position.</summary>
    public const string TopLogProbabilities = "top_logprobs";

    /// <summary>An <see cref="Transformers.Decoding.ITemperaturePolicy"/> of the caller's own, for one response.</summary>
    public const string TemperaturePolicy = "temperature_policy";
}
