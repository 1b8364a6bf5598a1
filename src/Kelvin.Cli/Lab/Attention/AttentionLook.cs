using System.Numerics.Tensors;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>The attention of a layer over some sequences.</summary>
/// <param name="Entropy">Mean entropy of |a|/Σ|a| as a share of log n: 1 uniform, 0 one-hot; rows of nothing but 0 count as 0.</param>
/// <param name="MaxLogit">Mean over sequences of the largest s/T.</param>
/// <param name="Mass">Mean of Σ|a|: 1 for softmax.</param>
internal sealed record AttentionLook(double Entropy, double MaxLogit, double Mass)
{
    public static AttentionLook Of(SequenceAttention layer, SequenceSet set)
    {
        var pass = new SequenceAttentionPass(layer);
        double entropy = 0;
        double logit = 0;
        double mass = 0;
        for (int i = 0; i < set.Count; i++)
        {
            pass.Forward(set.Sequence(i));
            double sum = TensorPrimitives.SumOfMagnitudes<double>(pass.Weights.Span);
            foreach (double weight in pass.Weights.Span)
            {
                double share = Math.Abs(weight) / sum;
                entropy -= share > 0 ? share * Math.Log(share) : 0;
            }

            mass += sum;
            logit += TensorPrimitives.Max<double>(pass.Logits.Span) / layer.Options.Temperature;
        }

        return new AttentionLook(entropy / (set.Count * Math.Log(set.Length)), logit / set.Count, mass / set.Count);
    }
}
