namespace Kelvin.Transformers.Training;

/// <summary>Makes sequences to train on from prompts and their answers; the loss counts the answers alone.</summary>
public static class AnswerSets
{
    /// <summary>A sequence for each pair, all filled up to the length of the longest.</summary>
    /// <param name="pairs">At least one.</param>
    /// <param name="filler">Any token of the vocabulary; what stands after an answer is read by nobody and not scored.</param>
    /// <param name="length">Tokens in a sequence; null for the longest pair's.</param>
    /// <exception cref="ArgumentException">There is no pair, one has an empty prompt or answer, or one is longer than <paramref name="length"/>.</exception>
    public static TokenSet Of(IReadOnlyList<AnswerTokens> pairs, int filler, int? length = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Require.That(pairs.Count > 0, "There are no pairs, but a set needs at least one.", nameof(pairs));
        int longest = 0;
        for (int i = 0; i < pairs.Count; i++)
        {
            Require.That(
                pairs[i].Prompt.Length > 0 && pairs[i].Answer.Length > 0,
                $"Pair {i} has an empty prompt or answer, but each needs a token; leave it out.",
                nameof(pairs));
            longest = Math.Max(longest, pairs[i].Length);
        }

        int size = length ?? longest;
        Require.That(
            longest <= size, $"The longest pair has {longest} tokens, but a sequence has {size}; shorten it or take longer sequences.", nameof(pairs));
        int[] tokens = new int[checked(pairs.Count * size)], labels = new int[tokens.Length];
        tokens.AsSpan().Fill(filler);
        labels.AsSpan().Fill(-1);
        for (int i = 0; i < pairs.Count; i++)
            pairs[i].CopyTo(tokens.AsSpan(i * size, size), labels.AsSpan(i * size, size));
        return TokenSet.OfSequences(tokens, labels, size);
    }
}
