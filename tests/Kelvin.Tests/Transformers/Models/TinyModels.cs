using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Models;

/// <summary>Small configurations of both kinds.</summary>
internal static class TinyModels
{
    public static TransformerConfig Gpt2(int heads = 2, int headSize = 3, int layers = 2, int vocabulary = 7, bool isTied = true) => new()
    {
        Family = ModelFamily.Gpt2,
        VocabularySize = vocabulary,
        Context = 8,
        Width = heads * headSize,
        Layers = layers,
        Heads = heads,
        KeyValueHeads = heads,
        HeadSize = headSize,
        FeedForwardWidth = 5,
        Activation = ActivationKind.GeluTanh,
        NormEpsilon = 1e-2,
        HasTiedEmbeddings = isTied,
        HasAttentionBias = true,
        HasFeedForwardBias = true,
    };

    public static TransformerConfig Llama(int heads = 4, int keyHeads = 2, int layers = 2, int vocabulary = 7, bool isTied = false, bool hasBias = false) => new()
    {
        Family = ModelFamily.Llama,
        VocabularySize = vocabulary,
        Context = 8,
        Width = 6,
        Layers = layers,
        Heads = heads,
        KeyValueHeads = keyHeads,
        HeadSize = 4,
        FeedForwardWidth = 5,
        Activation = ActivationKind.Silu,
        NormEpsilon = 1e-2,
        Rotary = new RotaryConfig { Theta = 100 },
        HasTiedEmbeddings = isTied,
        HasAttentionBias = hasBias,
        HasFeedForwardBias = hasBias,
    };
}
