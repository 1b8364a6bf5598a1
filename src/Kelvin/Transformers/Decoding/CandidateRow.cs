using Kelvin.Softmax;

namespace Kelvin.Transformers.Decoding;

/// <summary>What a temperature policy sees of the next token.</summary>
/// <param name="logits">z, shape [V], after the repetition penalty; −∞ where a token is no candidate.</param>
/// <param name="statistics">Statistics of softmax(z) at T = 1.</param>
/// <param name="position">Index of the token to be drawn, counted from the first that this sampler drew.</param>
public readonly ref struct CandidateRow(ReadOnlySpan<float> logits, in SoftmaxStatistics statistics, int position)
{
    /// <summary>z, shape [V], after the repetition penalty; −∞ where a token is no candidate.</summary>
    public ReadOnlySpan<float> Logits { get; } = logits;

    /// <summary>Statistics of softmax(z) at T = 1.</summary>
    public SoftmaxStatistics Statistics { get; } = statistics;

    /// <summary>Index of the token to be drawn, counted from the first that this sampler drew.</summary>
    public int Position { get; } = position;
}
