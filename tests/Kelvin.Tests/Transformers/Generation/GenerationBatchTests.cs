using CsCheck;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Tests.Transformers.Generation;

public sealed class GenerationBatchTests
{
    private const int End = 0;

    private static readonly TransformerConfig Config = TinyModels.Llama(vocabulary: 11) with { Context = 32, EndTokens = [End] };

    private static readonly Tokenizer Letters = TokenizerFile.Parse(PlainTokenizers.Characters("abcdefghij", "<end>"), "letters");

    private static readonly LanguageModel Model = Random(seed: 3);

    [Fact]
    public void Sequences_of_a_batch_get_the_tokens_that_they_get_alone() =>
        Gen.Select(Gen.Int[1, 10].Array[1, 6].Array[1, 4], Gen.Int[0, 1000], Gen.Double[0, 2]).Sample((prompts, seed, temperature) =>
        {
            var batch = new GenerationBatch(Model, Letters);
            GeneratedSequence[] together = [.. prompts.Select((prompt, i) => batch.Add(Request(prompt, seed + i, temperature)))];
            batch.Run(TestContext.Current.CancellationToken);

            for (int i = 0; i < prompts.Length; i++)
                Assert.Equal(Tokens(Alone(Request(prompts[i], seed + i, temperature))), Tokens(together[i]));
        });

    [Fact]
    public void A_prompt_may_join_while_others_are_on_their_way()
    {
        var batch = new GenerationBatch(Model, Letters);
        GeneratedSequence first = batch.Add(Request([1, 2, 3], 5, 1));
        batch.Step();
        batch.Step();
        GeneratedSequence second = batch.Add(Request([4, 5], 6, 1));
        batch.Run(TestContext.Current.CancellationToken);

        Assert.Equal(Tokens(Alone(Request([1, 2, 3], 5, 1))), Tokens(first));
        Assert.Equal(Tokens(Alone(Request([4, 5], 6, 1))), Tokens(second));
    }

    [Fact]
    public void A_sequence_that_is_removed_keeps_what_it_has()
    {
        var batch = new GenerationBatch(Model, Letters);
        GeneratedSequence sequence = batch.Add(Request([1], 5, 1) with { StopsAtEndToken = false });
        batch.Step();

        Assert.True(batch.Remove(sequence));
        Assert.False(batch.Step());
        Assert.False(batch.Remove(sequence));
        Assert.Single(sequence.Tokens);
        Assert.Equal(FinishReason.None, sequence.Finish);
    }

    [Fact]
    public void The_text_is_the_tokens_decoded_and_ends_for_the_reason_given() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 40]).Sample((seed, most) =>
        {
            GeneratedSequence sequence = Alone(Request([1, 2], seed, 1.5) with { MostTokens = most });
            int[] tokens = Tokens(sequence);

            Assert.Equal(Letters.Decode(tokens), sequence.Text);
            FinishReason expected = tokens[^1] == End ? FinishReason.EndToken : tokens.Length == most ? FinishReason.MostTokens : FinishReason.ContextFull;
            Assert.Equal(expected, sequence.Finish);
            Assert.True(expected == FinishReason.EndToken || tokens.Length == Math.Min(most, 30));
            Assert.DoesNotContain(End, tokens[..^1]);
        });

    [Fact]
    public void A_stop_string_ends_the_text_before_it() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 20]).Sample((seed, at) =>
        {
            GenerationRequest request = Request([7], seed, 2) with { StopsAtEndToken = false };
            string whole = Alone(request).Text;
            if (whole.Length < at + 2)
                return;
            string stop = whole[at..(at + 2)];

            GeneratedSequence stopped = Alone(request with { Stops = [stop] });

            Assert.Equal(FinishReason.StopString, stopped.Finish);
            Assert.Equal(stop, stopped.StopString);
            Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], stopped.Text);
        });

    [Fact]
    public void The_probabilities_of_all_alternatives_sum_to_one_and_hold_the_token_drawn()
    {
        GeneratedSequence sequence = Alone(Request([1, 2], 3, 1) with { Alternatives = 100 });

        foreach (GeneratedToken token in sequence.Tokens)
        {
            Assert.Equal(Letters.VocabularySize, token.Alternatives.Count);
            Assert.Equal(1, token.Alternatives.Sum(other => Math.Exp(other.RawLogProbability)), 1e-6);
            Assert.Equal(token.Sampled.RawLogProbability, token.Alternatives.Single(other => other.Token == token.Sampled.Token).RawLogProbability, 1e-9);
            Assert.Equal(token.Alternatives.OrderByDescending(other => other.RawLogProbability), token.Alternatives);
        }
    }

    [Fact]
    public void A_row_that_is_no_distribution_ends_the_sequence()
    {
        TransformerModel<float> broken = TransformerModel.Create<float>(Config, 3);
        broken.Parameters.Span.Fill(float.NaN);

        GeneratedSequence sequence = Alone(Request([1], 1, 1), LanguageModel.Load(broken.AsWeightSource()));

        Assert.Equal(FinishReason.NoDistribution, sequence.Finish);
        Assert.Empty(sequence.Tokens);
    }

    [Fact]
    public void What_cannot_be_generated_is_refused_with_the_reason()
    {
        var batch = new GenerationBatch(Model, Letters);
        Says("prompt is empty", () => batch.Add(Request([], 1, 1)));
        Says("context is 32", () => batch.Add(Request(new int[32], 1, 1)));
        Says("token 11, outside the vocabulary of 11", () => batch.Add(Request([11], 1, 1)));
        Says("must be at least 1", () => batch.Add(Request([1], 1, 1) with { MostTokens = 0 }));
        Says("need a tokenizer", () => new GenerationBatch(Model, null).Add(Request([1], 1, 1) with { Stops = ["x"] }));
        Says("The tokenizer has 12 tokens, but the model 11", () =>
            _ = new GenerationBatch(Model, TokenizerFile.Parse(PlainTokenizers.Characters("abcdefghijk", "<end>"), "more")));
        Assert.Empty(batch.Active);
    }

    private static LanguageModel Random(int seed)
    {
        TransformerModel<float> model = TransformerModel.Create<float>(Config, seed);
        foreach (ref float weight in model.Parameters.Span)
            weight *= 20;
        return LanguageModel.Load(model.AsWeightSource());
    }

    private static GenerationRequest Request(int[] prompt, int seed, double temperature) => new()
    {
        Prompt = prompt,
        Policy = new FixedTemperature(temperature),
        Sampling = new SamplingOptions { Seed = seed },
    };

    private static GeneratedSequence Alone(GenerationRequest request, LanguageModel? model = null)
    {
        var batch = new GenerationBatch(model ?? Model, Letters);
        GeneratedSequence sequence = batch.Add(request);
        batch.Run(TestContext.Current.CancellationToken);
        return sequence;
    }

    private static int[] Tokens(GeneratedSequence sequence) => [.. sequence.Tokens.Select(token => token.Sampled.Token)];

    private static void Says(string part, Action action) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
