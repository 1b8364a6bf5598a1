using Kelvin.Softmax;

namespace Kelvin.Transformers.Decoding;

/// <summary>Takes tokens out of a row by writing −∞ over their logits; ties stay in favour of the lower token.</summary>
/// <remarks>Each cut costs O(V) on average, by selection and not by sorting, and nothing on the heap.</remarks>
internal static class CandidateCut
{
    /// <summary>Leaves the <paramref name="k"/> largest.</summary>
    /// <param name="logits">z, shape [V].</param>
    /// <param name="k">At least 1.</param>
    /// <param name="scratch">Shape [V]; overwritten.</param>
    public static void TopK(Span<float> logits, int k, Span<float> scratch)
    {
        if (k >= logits.Length)
            return;

        logits.CopyTo(scratch);
        float threshold = WeightedSelection.Largest(scratch[..logits.Length], k);
        int ties = k;
        foreach (float z in logits)
            ties -= z > threshold ? 1 : 0;
        foreach (ref float z in logits)
        {
            if (z < threshold || (z == threshold && --ties < 0))
                z = float.NegativeInfinity;
        }
    }

    /// <summary>Leaves the fewest most probable tokens whose share of softmax(z/T) is at least <paramref name="share"/>.</summary>
    /// <param name="logits">z, shape [V].</param>
    /// <param name="share">Above 0, at most 1.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="probabilities">Shape [V]; overwritten.</param>
    /// <param name="scratch">Shape [V]; overwritten.</param>
    public static void TopP(Span<float> logits, double share, float temperature, Span<float> probabilities, Span<float> scratch)
    {
        if (share >= 1)
            return;

        TemperedSoftmax.Probabilities(logits, temperature, probabilities);
        probabilities.CopyTo(scratch);
        (float threshold, double above) = WeightedSelection.Nucleus(scratch[..probabilities.Length], share);
        for (int i = 0; i < logits.Length; i++)
        {
            if (probabilities[i] > threshold)
                continue;
            if (probabilities[i] == threshold && above < share)
                above += threshold;
            else
                logits[i] = float.NegativeInfinity;
        }
    }

    /// <summary>Leaves tokens with p ≥ <paramref name="ratio"/>·max p under softmax(z/T), that is z ≥ max z + T·log ratio.</summary>
    /// <param name="logits">z, shape [V].</param>
    /// <param name="ratio">From 0 to 1; 0 leaves all.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="maxLogit">max z.</param>
    public static void MinP(Span<float> logits, double ratio, double temperature, double maxLogit)
    {
        double threshold = maxLogit + (temperature * Math.Log(ratio));
        foreach (ref float z in logits)
        {
            if (z < threshold)
                z = float.NegativeInfinity;
        }
    }
}
