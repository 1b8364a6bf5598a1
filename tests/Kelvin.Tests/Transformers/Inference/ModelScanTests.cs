using Kelvin.Linear;
using Kelvin.Tests.Transformers.Checkpoints;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;

namespace Kelvin.Tests.Transformers.Inference;

public sealed class ModelScanTests
{
    public static TheoryData<string> Models { get; } = [ModelFixtures.TinyLlama, ModelFixtures.TinyGpt2];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_that_stays_in_its_files_gives_the_logits_of_one_in_memory(string folder)
    {
        using var checkpoint = TransformerCheckpoint.Open(folder);
        var held = LanguageModel.Load(checkpoint);
        int[] tokens = [.. Enumerable.Range(0, 30).Select(i => i * 11 % held.Config.VocabularySize)];
        MatrixView<float> expected = MatrixView.Allocate<float>(tokens.Length, held.Config.VocabularySize);
        new InferencePass(held).Forward(new SequenceChunk(new KeyValueCache(held.Config), tokens), LogitRows.All, expected);

        var seen = new Seen(held.Config, tokens.Length);
        ModelScan.Run(LanguageModel.Over(checkpoint), tokens, seen, threads: 2);

        Assert.Equal(Enumerable.Range(0, held.Config.Layers), seen.Layers);
        for (int i = 0; i < tokens.Length; i++)
        {
            for (int j = 0; j < expected.Columns; j++)
                Assert.Equal(expected[i, j], seen.Logits[i, j], 2e-4f);
        }
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused_by_its_numbers()
    {
        using var checkpoint = TransformerCheckpoint.Open(ModelFixtures.TinyGpt2);
        var model = LanguageModel.Over(checkpoint);
        var seen = new Seen(model.Config, 1);

        Assert.Contains("Token 257 is outside the vocabulary of 257", Assert.Throws<ArgumentException>(() => ModelScan.Run(model, Tokens(257), seen)).Message, StringComparison.Ordinal);
        Assert.Contains("There are 65 tokens, but the model's context is 64", Assert.Throws<ArgumentException>(() => ModelScan.Run(model, new int[65], seen)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelScan.Run(model, Array.Empty<int>(), seen));
        Assert.Empty(seen.Layers);
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named_when_they_are_met()
    {
        using var checkpoint = TransformerCheckpoint.Open(Path.Combine(ModelFixtures.Bad, "dir-nan"));
        var model = LanguageModel.Over(checkpoint);

        ModelFileException fault = Assert.Throws<ModelFileException>(() => ModelScan.Run(model, Tokens(1, 2), new Seen(model.Config, 2), threads: 2));

        Assert.Equal("model.layers.0.mlp.up_proj.weight", fault.Tensor);
    }

    private static int[] Tokens(params int[] tokens) => tokens;

    /// <summary>Copies what it is shown.</summary>
    private sealed class Seen(TransformerConfig config, int tokens) : IModelObserver
    {
        public List<int> Layers { get; } = [];

        public MatrixView<float> Logits { get; } = MatrixView.Allocate<float>(tokens, config.VocabularySize);

        public void OnAttention(int layer, in AttentionInputs<float> inputs, AttentionOptions options)
        {
            Assert.Equal((tokens, config.Heads * config.HeadSize), (inputs.Queries.Rows, inputs.Queries.Columns));
            Assert.Equal((tokens, config.KeyValueHeads * config.HeadSize), (inputs.Keys.Rows, inputs.Keys.Columns));
            Layers.Add(layer);
        }

        public void OnLogits(int first, ReadOnlyMatrixView<float> logits)
        {
            for (int i = 0; i < logits.Rows; i++)
                logits.Row(i).CopyTo(Logits.Row(first + i));
        }
    }
}
