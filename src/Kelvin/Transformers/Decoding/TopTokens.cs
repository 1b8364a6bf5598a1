namespace Kelvin.Transformers.Decoding;

/// <summary>Finds the most probable tokens of a row.</summary>
public static class TopTokens
{
    /// <summary>Writes the tokens of the largest logits, largest first, ties to the lower token.</summary>
    /// <param name="logits">z, shape [V]. −∞ and NaN are left out.</param>
    /// <param name="tokens">Filled; its length is how many are wanted.</param>
    /// <returns>How many were written: fewer where the row has fewer numbers.</returns>
    /// <remarks>Cost: one pass, and an insertion for each logit that is among the largest so far; nothing on the heap.</remarks>
    public static int Largest(ReadOnlySpan<float> logits, Span<int> tokens)
    {
        int count = 0;
        for (int i = 0; i < logits.Length && tokens.Length > 0; i++)
        {
            float z = logits[i];
            if (!(z > float.NegativeInfinity) || (count == tokens.Length && !(z > logits[tokens[count - 1]])))
                continue;

            int place = count < tokens.Length ? count++ : count - 1;
            for (; place > 0 && z > logits[tokens[place - 1]]; place--)
                tokens[place] = tokens[place - 1];
            tokens[place] = i;
        }

        return count;
    }
}
