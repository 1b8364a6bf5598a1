using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Weights;

namespace Kelvin.Tests.Transformers.Inference;

public sealed class InferencePassTests
{
    private static readonly LanguageModel Llama = Load("tiny-llama-gqa", WeightFormat.F32);
    private static readonly LanguageModel Gpt2 = Load("tiny-gpt2", WeightFormat.F32);

    [Fact]
    public void A_prompt_may_be_cut_anywhere() =>
        Gen.Select(Gen.Int[0, 250].Array[2, 30], Gen.Int[1, 29], Gen.Bool).Sample((tokens, cut, isLlama) =>
        {
            LanguageModel model = isLlama ? Llama : Gpt2;
            cut = Math.Min(cut, tokens.Length - 1);
            MatrixView<float> whole = All(model, tokens);

            var cache = new KeyValueCache(model.Config);
            var pass = new InferencePass(model, threads: 2);
            MatrixView<float> parts = MatrixView.Allocate<float>(tokens.Length, model.Config.VocabularySize);
            pass.Forward(new SequenceChunk(cache, tokens.AsMemory(0, cut)), LogitRows.All, parts.RowRange(0, cut));
            pass.Forward(new SequenceChunk(cache, tokens.AsMemory(cut)), LogitRows.All, parts.RowRange(cut, tokens.Length - cut));

            AssertClose(whole, parts, 1e-4f);
        });

    [Fact]
    public void Sequences_in_a_batch_get_the_logits_that_they_get_alone() =>
        Gen.Select(Gen.Int[0, 250].Array[1, 12], Gen.Int[0, 250].Array[1, 12], Gen.Int[0, 250].Array[1, 3]).Sample((a, b, c) =>
        {
            MatrixView<float> logits = MatrixView.Allocate<float>(3, Llama.Config.VocabularySize);
            SequenceChunk[] batch = [.. ((int[][])[a, b, c]).Select(tokens => new SequenceChunk(new KeyValueCache(Llama.Config, 20), tokens))];

            new InferencePass(Llama).Forward(batch, LogitRows.Last, logits);

            int row = 0;
            foreach (int[] tokens in (int[][])[a, b, c])
                AssertClose(All(Llama, tokens).RowRange(tokens.Length - 1, 1), logits.RowRange(row++, 1), 1e-4f);
        });

    [Theory]
    [InlineData(WeightFormat.BF16, 0.2)]
    [InlineData(WeightFormat.F16, 0.02)]
    [InlineData(WeightFormat.I8, 0.5)]
    public void Rounded_weights_give_nearly_the_same_logits(WeightFormat format, double error)
    {
        int[] tokens = [5, 100, 31, 7];
        LanguageModel rounded = Load("tiny-gpt2", format);

        MatrixView<float> expected = All(Gpt2, tokens);
        MatrixView<float> got = All(rounded, tokens);

        double worst = Enumerable.Range(0, got.Columns).Max(j => Math.Abs(got[3, j] - expected[3, j]));
        Assert.InRange(worst, 1e-6, error);
        Assert.True(rounded.WeightBytes < Gpt2.WeightBytes);
    }

    [Fact]
    public void Vitals_of_a_prompt_are_those_of_its_tokens_one_by_one() =>
        Gen.Select(Gen.Int[0, 250].Array[2, 40], Gen.Bool).Sample((tokens, isLlama) =>
        {
            LanguageModel model = isLlama ? Llama : Gpt2;
            var prompt = new AttentionVitals(model.Config);
            var token = new AttentionVitals(model.Config);
            var cache = new KeyValueCache(model.Config);
            var pass = new InferencePass(model);
            MatrixView<float> logits = MatrixView.Allocate<float>(1, model.Config.VocabularySize);
            pass.Forward(new SequenceChunk(new KeyValueCache(model.Config), tokens, prompt), LogitRows.Last, logits);

            for (int i = 0; i < tokens.Length; i++)
            {
                pass.Forward(new SequenceChunk(cache, tokens.AsMemory(i, 1), token), LogitRows.Last, logits);
                for (int head = 0; head < model.Config.Heads; head++)
                {
                    AttentionStatistics a = prompt.Of(model.Config.Layers - 1, head)[i];
                    AttentionStatistics b = token.Of(model.Config.Layers - 1, head)[0];
                    Assert.Equal(b.Entropy, a.Entropy, 2e-4);
                    Assert.Equal(b.MaxLogit, a.MaxLogit, 2e-4);
                    Assert.Equal(b.FirstKeyMass, a.FirstKeyMass, 2e-4);
                    Assert.Equal(i + 1, a.UnmaskedCount);
                }
            }
        });

    [Fact]
    public void A_truncated_cache_continues_as_if_the_rest_had_never_been()
    {
        var cache = new KeyValueCache(Llama.Config);
        var pass = new InferencePass(Llama);
        MatrixView<float> logits = MatrixView.Allocate<float>(1, Llama.Config.VocabularySize);
        pass.Forward(Chunk(cache, 1, 2, 3, 4, 5), LogitRows.Last, logits);

        cache.Truncate(2);
        pass.Forward(Chunk(cache, 9), LogitRows.Last, logits);

        Assert.Equal(3, cache.Length);
        AssertClose(All(Llama, [1, 2, 9]).RowRange(2, 1), logits, 1e-4f);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_token()
    {
        MatrixView<float> logits = MatrixView.Allocate<float>(1, Llama.Config.VocabularySize);
        int[] token = [7];
        var vitals = new AttentionVitals(Llama.Config);
        var pass = new InferencePass(Llama);

        long bytes = Allocations.Fewest(
            () =>
            {
                var chunk = new SequenceChunk(new KeyValueCache(Llama.Config), token, vitals);
                for (int i = 0; i < 30; i++)
                    pass.Forward(chunk, LogitRows.Last, logits);
                return chunk;
            },
            chunk =>
            {
                for (int i = 0; i < 5; i++)
                    pass.Forward(chunk, LogitRows.Last, logits);
            });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void What_does_not_fit_is_said_and_changes_no_cache()
    {
        var cache = new KeyValueCache(Gpt2.Config, 4);
        var pass = new InferencePass(Gpt2);
        MatrixView<float> logits = MatrixView.Allocate<float>(1, Gpt2.Config.VocabularySize);

        Says("Token 257 is outside the vocabulary of 257", () => pass.Forward(Chunk(cache, 3, 257), LogitRows.Last, logits));
        Says("would have 5 tokens", () => pass.Forward(Chunk(cache, 1, 2, 3, 4, 5), LogitRows.Last, logits));
        Says("the model's context is 64 tokens", () => _ = new KeyValueCache(Gpt2.Config, 65));
        Assert.Throws<ArgumentException>(() => pass.Forward([], LogitRows.Last, logits));
        Assert.Equal(0, cache.Length);
    }

    private static SequenceChunk Chunk(KeyValueCache cache, params int[] tokens) => new(cache, tokens);

    private static void Says(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static MatrixView<float> All(LanguageModel model, int[] tokens)
    {
        MatrixView<float> logits = MatrixView.Allocate<float>(tokens.Length, model.Config.VocabularySize);
        new InferencePass(model).Forward(new SequenceChunk(new KeyValueCache(model.Config), tokens), LogitRows.All, logits);
        return logits;
    }

    private static void AssertClose(MatrixView<float> expected, MatrixView<float> got, float error)
    {
        for (int i = 0; i < expected.Rows; i++)
        {
            for (int j = 0; j < expected.Columns; j++)
                Assert.Equal(expected[i, j], got[i, j], error);
        }
    }

    private static LanguageModel Load(string name, WeightFormat format)
    {
        using var checkpoint = TransformerCheckpoint.Open(Path.Combine(Repository.Root, "tests", "fixtures", "models", name));
        return LanguageModel.Load(checkpoint, format);
    }
}
