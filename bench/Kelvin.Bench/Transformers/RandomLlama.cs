using Kelvin.Transformers.Checkpoints;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Transformers;

/// <summary>A Llama of 134 million parameters with seeded random weights: its speed is that of a trained one.</summary>
internal sealed class RandomLlama : IWeightSource
{
    private readonly Xoshiro256StarStar _random = new(1, false);

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
        foreach (ref float weight in destination)
            weight = (float)(0.05 * (_random.NextDouble() - 0.5));
    }
}
