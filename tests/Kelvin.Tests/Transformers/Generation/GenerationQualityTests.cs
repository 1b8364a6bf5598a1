using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Generation;

public sealed class GenerationQualityTests
{
    [Fact]
    public void A_model_that_knows_nothing_draws_with_the_entropy_of_its_vocabulary()
    {
        GenerationQuality quality = GenerationQuality.Of(Generate(scale: 0, new FixedTemperature(1), 200));

        Assert.Equal(200, quality.Tokens);
        Assert.Equal(Math.Log(7), quality.NegativeLogLikelihood, 1e-6);
        Assert.Equal(Math.Log(7), quality.RawEntropy, 1e-6);
        Assert.Equal(Math.Log(7), quality.ScaledEntropy, 1e-6);
        Assert.Equal(0, quality.ScaledEntropyDeviation, 1e-6);
        Assert.Equal(1, quality.Temperature);
        Assert.Equal(0, quality.Unreachable);
    }

    [Fact]
    public void A_greedy_text_of_one_token_repeats_all_but_its_first_run()
    {
        GenerationQuality quality = GenerationQuality.Of(Generate(scale: 0, new FixedTemperature(0), 103));

        Assert.Equal(99.0 / 100, quality.Repetition, 1e-12);
        Assert.Equal(0, quality.ScaledEntropy);
    }

    [Fact]
    public void A_target_entropy_is_met_within_two_percent_over_two_thousand_tokens()
    {
        const double Target = 1.3;
        GeneratedSequence sequence = Generate(scale: 15, new TargetEntropyTemperature(Target), 2000);
        GenerationQuality quality = GenerationQuality.Of(sequence);

        Assert.InRange(GenerationQuality.MeanDeviation([sequence], Target), 0, 0.02 * Target);
        Assert.Equal(2000, quality.Tokens);
        Assert.InRange(quality.Unreachable, 0, 200);
    }

    [Fact]
    public void A_target_above_every_row_is_counted_at_every_token()
    {
        GeneratedSequence sequence = Generate(scale: 15, new TargetEntropyTemperature(2), 50);

        Assert.Equal(50, GenerationQuality.Of(sequence).Unreachable);
        Assert.Equal(double.NaN, GenerationQuality.MeanDeviation([sequence], 2));
    }

    [Fact]
    public void Nothing_generated_has_no_means() => Assert.Equal(double.NaN, GenerationQuality.Of().RawEntropy);

    private static GeneratedSequence Generate(float scale, ITemperaturePolicy policy, int tokens)
    {
        TransformerConfig config = TinyModels.Llama() with { Context = 4096 };
        TransformerModel<float> model = TransformerModel.Create<float>(config, seed: 3);
        foreach (ref float weight in model.Parameters.Span)
            weight *= scale;
        var batch = new GenerationBatch(LanguageModel.Load(model.AsWeightSource()), null);
        int[] prompt = [1];
        GeneratedSequence sequence = batch.Add(new GenerationRequest { Prompt = prompt, Policy = policy, MostTokens = tokens });
        batch.Run(TestContext.Current.CancellationToken);
        return sequence;
    }
}
