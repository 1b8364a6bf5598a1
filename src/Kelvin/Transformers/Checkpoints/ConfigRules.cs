using System.Globalization;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>The ranges of a configuration, and how its numbers must fit each other.</summary>
/// <remarks>The ranges hold every published model with room to spare; they keep a made-up file from costing time or memory.</remarks>
internal static class ConfigRules
{
    private const int Widest = 1 << 20;
    private const int MostLayers = 10_000;
    private const int LargestVocabulary = 1 << 24;
    private const int LongestContext = 1 << 28;

    /// <summary>What does not fit, as a sentence with the key's name in the file; null if all fits.</summary>
    public static string? FirstProblem(TransformerConfig config)
    {
        ConfigKeys keys = ConfigKeys.Of(config.Family);
        return Range(keys.Width, config.Width, Widest)
            ?? Range(keys.Layers, config.Layers, MostLayers)
            ?? Range(ConfigKeys.Vocabulary, config.VocabularySize, LargestVocabulary)
            ?? Range(keys.Context, config.Context, LongestContext)
            ?? Range(keys.FeedForwardWidth, config.FeedForwardWidth, Widest)
            ?? Range(keys.Heads, config.Heads, Widest)
            ?? Range(ConfigKeys.KeyValueHeads, config.KeyValueHeads, Widest)
            ?? Range(ConfigKeys.HeadSize, config.HeadSize, Widest)
            ?? Heads(config, keys)
            ?? Attention(config)
            ?? Tokens(config)
            ?? Positive(keys.NormEpsilon, config.NormEpsilon)
            ?? (config.Rotary is { } rotary ? Rotary(rotary) : null);
    }

    /// <summary>The sentence for a size that is no integer from 1 to <paramref name="most"/>; null if it is.</summary>
    private static string? Range(string key, long value, long most) =>
        value >= 1 && value <= most ? null : Invariant($"{key} is {value}, but must be from 1 to {most}.");

    private static string? Heads(TransformerConfig config, ConfigKeys keys)
    {
        if (config.Heads % config.KeyValueHeads != 0)
            return Invariant($"{keys.Heads} {config.Heads} is not a multiple of {ConfigKeys.KeyValueHeads} {config.KeyValueHeads}.");
        if (Math.BigMul(config.Heads, config.HeadSize) > Widest)
            return Invariant($"{keys.Heads} {config.Heads} of {ConfigKeys.HeadSize} {config.HeadSize} are wider than {Widest}.");
        if (config.Rotary is not null && config.HeadSize % 2 != 0)
            return Invariant($"{ConfigKeys.HeadSize} is {config.HeadSize}, but rotary positions need an even one.");
        if (config.Rotary is { Scaling: RotaryScaling.Dynamic } && config.HeadSize < 4)
            return Invariant($"{ConfigKeys.HeadSize} is {config.HeadSize}, but dynamic scaling needs at least 4.");
        if (config.Family != ModelFamily.Gpt2)
            return config.HasLearntPositions ? "A Llama needs rotary positions, or alibi." : null;
        if (config.Rotary is not null || config.KeyValueHeads != config.Heads || !config.HasAttentionBias || !config.HasFeedForwardBias)
            return "A GPT-2 has no rotary positions, as many key and value heads as query heads, and biases.";
        return config.Heads * config.HeadSize == config.Width ? null : NotDivisible(keys.Width, config.Width, keys.Heads, config.Heads);
    }

    private static string? Attention(TransformerConfig config)
    {
        if (config.HasAlibi && config.Rotary is not null)
            return "A model has either alibi or rotary positions.";
        return (config.Window is { } window ? Range(AttentionReading.Window, window, LongestContext) : null)
            ?? Positive(AttentionReading.SoftCap, config.SoftCap ?? 1);
    }

    public static string NotDivisible(string widthKey, int width, string headsKey, int heads) =>
        Invariant($"{widthKey} {width} is not divisible by {headsKey} {heads}.");

    private static string? Tokens(TransformerConfig config)
    {
        foreach (int token in config.EndTokens.Prepend(config.BeginToken ?? 0))
        {
            if ((uint)token >= (uint)config.VocabularySize)
                return Invariant($"A beginning or ending token is {token}, outside the vocabulary of {config.VocabularySize}.");
        }

        return null;
    }

    private static string? Rotary(RotaryConfig rotary)
    {
        if (!(rotary.Theta > 1 && double.IsFinite(rotary.Theta)))
            return Invariant($"rope_theta is {rotary.Theta}, but must be finite and greater than 1.");
        if (rotary.Scaling == RotaryScaling.None)
            return null;
        if (!(rotary.Factor >= 1) || double.IsInfinity(rotary.Factor))
            return Invariant($"The factor of rope_scaling is {rotary.Factor}, but must be finite and at least 1.");
        if (Range("original_max_position_embeddings", rotary.OriginalContext, LongestContext) is { } context)
            return context;
        if (rotary.Scaling == RotaryScaling.Llama3 && !(rotary.LowFrequencyFactor > 0 && rotary.HighFrequencyFactor > rotary.LowFrequencyFactor))
        {
            return Invariant(
                $"low_freq_factor {rotary.LowFrequencyFactor} must be greater than 0 and less than high_freq_factor {rotary.HighFrequencyFactor}.");
        }

        if (rotary.Scaling == RotaryScaling.Yarn && !(rotary.BetaSlow > 0 && rotary.BetaFast >= rotary.BetaSlow))
            return Invariant($"beta_slow {rotary.BetaSlow} must be greater than 0 and at most beta_fast {rotary.BetaFast}.");
        return Positive("attention_factor", rotary.AttentionFactor);
    }

    private static string? Positive(string key, double value) =>
        value > 0 && double.IsFinite(value) ? null : Invariant($"{key} is {value}, but must be finite and greater than 0.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
