using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Chat.Tests;

/// <summary>A small model of random weights over the letters of a short alphabet.</summary>
internal static class RandomModel
{
    public static Tokenizer Tokenizer { get; } = TokenizerFile.Parse(PlainTokenizers.Characters("abcdefgh\n", "<end>"), "letters");

    public static LanguageModel Model { get; } = Load();

    private static LanguageModel Load()
    {
        var config = new TransformerConfig
        {
            Family = ModelFamily.Gpt2,
            VocabularySize = Tokenizer.VocabularySize,
            Context = 64,
            Width = 8,
            Layers = 2,
            Heads = 2,
            KeyValueHeads = 2,
            HeadSize = 4,
            FeedForwardWidth = 16,
            Activation = ActivationKind.GeluTanh,
            NormEpsilon = 1e-5,
            HasTiedEmbeddings = true,
            HasAttentionBias = true,
            HasFeedForwardBias = true,
        };
        TransformerModel<float> model = TransformerModel.Create<float>(config, seed: 5);
        foreach (ref float weight in model.Parameters.Span)
            weight *= 10;
        return LanguageModel.Load(model.AsWeightSource());
    }
}
