using Kelvin.Transformers.Checkpoints;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Transformers;

/// <summary>A Llama of 134 million parameters with seeded random weights: its speed is that of a trained one.</summary>
internal sealed class RandomLlama : IWeightSource
{
    public TransformerConfig Config { get; } = new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = 32_000,
        Context = 2048,
        Width = 768,
        Layers = 12,
        Heads = 12,
        KeyValueHeads = 12,
        HeadSize = 64,
        FeedForwardWidth = 2048,
        Activation = ActivationKind.Silu,
        NormEpsilon = 1e-5,
        Rotary = new RotaryConfig(),
        HasTiedEmbeddings = false,
    };

    public void Read(WeightRole role, int layer, Span<float> destination)
    {
        if (role is WeightRole.AttentionNorm or WeightRole.FeedForwardNorm or WeightRole.FinalNorm)
        {
            destination.Fill(1);
            return;
        }

        var random = new Xoshiro256StarStar((layer * 100) + (int)role + 1, false);   // of its own, so that the order of reading does not matter
        foreach (ref float weight in destination)
            weight = (float)(0.05 * (random.NextDouble() - 0.5));
    }
}
