using System.Numerics.Tensors;
using Kelvin.Softmax;

namespace Kelvin.Tangents;

/// <summary>a = f(s/T) of one row of logits, and its derivative.</summary>
internal static class AttentionWeights
{
    public static void Forward(AttentionNormaliser normaliser, ReadOnlySpan<double> logits, double temperature, Span<double> weights)
    {
        if (normaliser == AttentionNormaliser.Softmax)
        {
            TemperedSoftmax.Probabilities(logits, temperature, weights);
            return;
        }

        TensorPrimitives.Divide(logits, temperature * logits.Length, weights);
        if (normaliser == AttentionNormaliser.Relu)
            TensorPrimitives.Max(weights, 0, weights);
    }

    /// <summary>Turns ∂L/∂a into ∂L/∂s, in place; ReLU's slope at 0 is 0.</summary>
    public static void Backward(
        AttentionNormaliser normaliser, ReadOnlySpan<double> logits, ReadOnlySpan<double> weights, double temperature, Span<double> gradient)
    {
        if (normaliser == AttentionNormaliser.Softmax)
        {
            double mean = TensorPrimitives.Dot(weights, gradient);
            for (int j = 0; j < gradient.Length; j++)
                gradient[j] = weights[j] * (gradient[j] - mean) / temperature;
            return;
        }

        double slope = 1 / (temperature * logits.Length);
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] = normaliser == AttentionNormaliser.Linear || logits[j] > 0 ? slope * gradient[j] : 0;
    }
}
