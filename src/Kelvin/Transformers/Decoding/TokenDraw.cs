using System.Numerics.Tensors;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Decoding;

/// <summary>Draws one token from softmax(z/T), its two limits included.</summary>
internal static class TokenDraw
{
    /// <summary>Draws.</summary>
    /// <param name="logits">z, shape [V]: at least one finite, no NaN, no +∞.</param>
    /// <param name="temperature">T, from 0 to +∞. What a float rounds to a limit is that limit.</param>
    /// <param name="u">The random number, in [0, 1).</param>
    /// <param name="probabilities">p, shape [V]; overwritten.</param>
    public static SampledToken Draw(ReadOnlySpan<float> logits, double temperature, double u, Span<float> probabilities)
    {
        float t = (float)temperature;
        if (t == 0)
            return Greedy(logits);
        if (float.IsInfinity(t))
            return Uniform(logits, u);

        SoftmaxStatistics scaled = TemperedSoftmax.Forward(logits, t, probabilities);
        int token = FirstBeyond(probabilities, u);
        return new SampledToken
        {
            Token = token,
            ScaledLogProbability = LogProbability(scaled, logits[token], t),
            ScaledEntropy = scaled.Entropy,
            ScaledMaxProbability = scaled.MaxProbability,
            Candidates = scaled.UnmaskedCount,
        };
    }

    /// <summary>log p of one entry, without the cancellation of z/T − LSE: (z − max z)/T + log max p.</summary>
    public static double LogProbability(in SoftmaxStatistics row, double logit, double temperature) =>
        ((logit - row.MaxLogit) / temperature) + (row.TailMass < 0.5 ? double.LogP1(-row.TailMass) : Math.Log(row.MaxProbability));

    private static SampledToken Greedy(ReadOnlySpan<float> logits) => new()
    {
        Token = TensorPrimitives.IndexOfMax(logits),
        ScaledMaxProbability = 1,
        Candidates = 1,
    };

    private static SampledToken Uniform(ReadOnlySpan<float> logits, double u)
    {
        int candidates = logits.Length - logits.Count(float.NegativeInfinity);
        int skip = Math.Min((int)(u * candidates), candidates - 1);
        int token = 0;
        while (float.IsNegativeInfinity(logits[token]) || skip-- > 0)
            token++;
        return new SampledToken
        {
            Token = token,
            ScaledLogProbability = -Math.Log(candidates),
            ScaledEntropy = Math.Log(candidates),
            ScaledMaxProbability = 1.0 / candidates,
            Candidates = candidates,
        };
    }

    /// <summary>The first index at which the running sum exceeds u·Σp; p = 0 is never chosen.</summary>
    private static int FirstBeyond(ReadOnlySpan<float> p, double u)
    {
        double total = 0;
        foreach (float share in p)
            total += share;

        double left = u * total;
        int last = 0;
        for (int i = 0; i < p.Length; i++)
        {
            if (p[i] == 0)
                continue;
            last = i;
            left -= p[i];
            if (left < 0)
                break;
        }

        return last;
    }
}
