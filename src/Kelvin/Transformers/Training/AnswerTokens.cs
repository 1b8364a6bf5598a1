namespace Kelvin.Transformers.Training;

/// <summary>A prompt and the answer to it, as tokens.</summary>
/// <param name="Prompt">What is given; at least one token.</param>
/// <param name="Answer">What should follow, with the token that ends it; at least one token.</param>
public readonly record struct AnswerTokens(ReadOnlyMemory<int> Prompt, ReadOnlyMemory<int> Answer)
{
    /// <summary>Tokens that a model reads to predict the whole answer: all but the last.</summary>
    public int Length => Prompt.Length + Answer.Length - 1;

    /// <summary>Writes what a model reads, and after each token the one that should follow; −1 inside the prompt, which is read but not scored.</summary>
    /// <param name="tokens">Room for <see cref="Length"/> or more; the rest is left as it is.</param>
    /// <param name="labels">As long as <paramref name="tokens"/>.</param>
    internal void CopyTo(Span<int> tokens, Span<int> labels)
    {
        Prompt.Span.CopyTo(tokens);
        Answer.Span[..^1].CopyTo(tokens[Prompt.Length..]);
        labels[..(Prompt.Length - 1)].Fill(-1);
        Answer.Span.CopyTo(labels[(Prompt.Length - 1)..]);
    }
}
