using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>Scales the query and key weights of heads whose largest logit passed τ, so that on the same input it would have been τ.</summary>
/// <remarks>
/// <para>γ = τ/max for a head above τ, else 1. Keys that a group of query heads shares are scaled by √(min γ) of the group, and each head's queries by
/// what its own γ leaves: the logit of every head is scaled by its γ exactly. Biases are scaled as their weights are.</para>
/// <para>Source: Kimi Team, arXiv 2507.20534, section 2.1 (there for one query head a key head).</para>
/// </remarks>
internal static class QueryKeyClip
{
    /// <summary>Returns how many heads were scaled.</summary>
    public static int Apply<T>(TransformerModel<T> model, ReadOnlySpan<HeadVitals> heads, double ceiling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TransformerConfig config = model.Config;
        int group = config.Heads / config.KeyValueHeads;
        int clipped = 0;
        for (int layer = 0; layer < config.Layers; layer++)
        {
            for (int keyHead = 0; keyHead < config.KeyValueHeads; keyHead++)
            {
                ReadOnlySpan<HeadVitals> sharing = heads.Slice((layer * config.Heads) + (keyHead * group), group);
                double least = 1;
                foreach (HeadVitals head in sharing)
                    least = Math.Min(least, Factor(head, ceiling));
                if (least == 1)
                    continue;

                double ofKeys = Math.Sqrt(least);
                Scale(model, WeightRole.Key, WeightRole.KeyBias, layer, keyHead, ofKeys);
                for (int i = 0; i < group; i++)
                {
                    double factor = Factor(sharing[i], ceiling);
                    clipped += factor < 1 ? 1 : 0;
                    Scale(model, WeightRole.Query, WeightRole.QueryBias, layer, (keyHead * group) + i, factor / ofKeys);
                }
            }
        }

        return clipped;
    }

    /// <summary>γ; 1 where the largest logit is below the ceiling or not finite.</summary>
    private static double Factor(HeadVitals head, double ceiling) =>
        head.MaxLogit > ceiling && double.IsFinite(head.MaxLogit) ? ceiling / head.MaxLogit : 1;

    private static void Scale<T>(TransformerModel<T> model, WeightRole weight, WeightRole bias, int layer, int head, double factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = model.Config.HeadSize;
        T scale = T.CreateChecked(factor);
        MatrixView<T> rows = model.Weight(weight, layer).RowRange(head * size, size);
        VectorScale.Apply(rows.Span, scale);
        if (model.Config.HasAttentionBias)
            VectorScale.Apply(model.Weight(bias, layer).RowRange(head * size, size).Span, scale);
    }
}
