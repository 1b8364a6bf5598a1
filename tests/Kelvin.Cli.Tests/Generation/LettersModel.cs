using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Tests.Generation;

/// <summary>Writes a small model of random weights over a short alphabet, as a folder.</summary>
internal static class LettersModel
{
    public static void Write(string folder, bool hasTokenizer = true)
    {
        Directory.CreateDirectory(folder);
        byte[] tokenizer = PlainTokenizers.Characters("abcdefgh \n", "<end>");
        var config = new TransformerConfig
        {
            Family = ModelFamily.Llama,
            VocabularySize = 11,
            Context = 64,
            Width = 8,
            Layers = 2,
            Heads = 2,
            KeyValueHeads = 1,
            HeadSize = 4,
            FeedForwardWidth = 16,
            Activation = ActivationKind.Silu,
            NormEpsilon = 1e-5,
            Rotary = new RotaryConfig { Theta = 100 },
            HasTiedEmbeddings = true,
            EndTokens = [0],
        };
        TransformerModel<float> model = TransformerModel.Create<float>(config, seed: 5);
        foreach (ref float weight in model.Parameters.Span)
            weight *= 10;
        using FileStream weights = File.Create(Path.Combine(folder, "model.safetensors"));
        TransformerWriter.Write(weights, model.AsWeightSource());
        using FileStream settings = File.Create(Path.Combine(folder, ConfigFile.FileName));
        ConfigFile.Write(settings, config);
        if (hasTokenizer)
            File.WriteAllBytes(Path.Combine(folder, TokenizerFile.FileName), tokenizer);
    }
}
