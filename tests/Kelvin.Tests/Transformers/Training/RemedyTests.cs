using Kelvin.Linear;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

public sealed class RemedyTests
{
    [Theory]
    [InlineData(4, 2, true)]
    [InlineData(4, 4, false)]
    [InlineData(3, 1, true)]
    public void Query_key_clip_brings_the_largest_logit_of_each_head_to_the_ceiling_and_leaves_the_others(int heads, int keyHeads, bool hasBias)
    {
        TransformerConfig config = TinyModels.Llama(heads, keyHeads, layers: 1, hasBias: hasBias);
        TransformerModel<double> model = TransformerModel.Create<double>(config, 1);
        Spread(model, 3);
        int[] tokens = [1, 2, 3, 4, 5, 6, 0, 1];
        HeadVitals[] before = Heads(model, tokens);
        double ceiling = (before.Max(head => head.MaxLogit) + before.Min(head => head.MaxLogit)) / 2;

        int clipped = QueryKeyClip.Apply(model, before, ceiling);
        HeadVitals[] after = Heads(model, tokens);

        Assert.InRange(clipped, 1, heads);
        Assert.Equal(before.Count(head => head.MaxLogit > ceiling), clipped);
        for (int head = 0; head < heads; head++)
            Assert.Equal(Math.Min(before[head].MaxLogit, ceiling), after[head].MaxLogit, 1e-9);
    }

    [Fact]
    public void Query_key_norm_switched_on_in_a_run_bounds_every_logit()
    {
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options);
        foreach (ref float value in trainer.Model.Weight(WeightRole.Query, 0).Span)
            value *= 400;
        foreach (ref float value in trainer.Model.Weight(WeightRole.Key, 0).Span)
            value *= 400;
        var log = new TransformerLog(step => trainer.Remedies = trainer.Remedies with { NormalisesQueriesAndKeys = true });
        double bound = Math.Sqrt(TinyRun.Config.HeadSize) + 1e-4;

        trainer.Run(log, maxSteps: 3, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(log.Heads[0].Max(head => head.MaxLogit) > bound);
        Assert.All(log.Heads[1..], heads => Assert.All(heads, head => Assert.InRange(head.MaxLogit, -bound, bound)));
    }

    [Fact]
    public void Query_key_clip_switched_on_in_a_run_counts_the_heads_it_scaled()
    {
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options with { Remedies = new Remedies { QueryKeyClip = 1 }, Optimiser = new() { LearningRate = 1e-7 } });
        foreach (ref float value in trainer.Model.Weight(WeightRole.Query, 1).Span)
            value *= 20_000;
        var log = new TransformerLog();

        trainer.Run(log, maxSteps: 4, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(log.Steps[0].ClippedHeads, 1, 4);
        Assert.True(log.Heads[0].Max(head => head.MaxLogit) > 1.5);
        Assert.True(log.Heads[3].Max(head => head.MaxLogit) < 1.5);
    }

    [Fact]
    public void A_z_loss_pulls_the_normaliser_towards_one()
    {
        double[] size = new double[2];
        for (int i = 0; i < 2; i++)
        {
            var log = new TransformerLog();
            TinyRun.Make<float>(TinyRun.Options with { Steps = 60, Remedies = new Remedies { ZLoss = i } })
                .Run(log, cancellationToken: TestContext.Current.CancellationToken);
            size[i] = Math.Abs(log.Steps[^1].Output.LogSumExp);
            Assert.Equal(i == 1, log.Steps[^1].ZPenalty > 0);
        }

        Assert.True(size[1] < 0.5 * size[0], FormattableString.Invariant($"{size[1]} against {size[0]}"));
    }

    [Fact]
    public void A_higher_temperature_flattens_every_head()
    {
        TransformerConfig config = TinyModels.Gpt2();
        TransformerModel<double> model = TransformerModel.Create<double>(config, 1);
        Spread(model, 2);
        int[] tokens = [1, 2, 3, 4, 5, 6, 0, 1];

        HeadVitals[] cold = Heads(model, tokens), hot = Heads(model, tokens, new Remedies { AttentionTemperature = 50 });

        for (int head = 0; head < config.Heads; head++)
            Assert.True(hot[head].NormalizedEntropy > cold[head].NormalizedEntropy);
    }

    [Fact]
    public void Clipping_shortens_what_the_optimiser_sees_and_reports_it_unclipped()
    {
        var log = new TransformerLog();
        TransformerTrainer<double> trainer = TinyRun.Make<double>(TinyRun.Options with
        {
            Optimiser = new() { Kind = Kelvin.Networks.OptimiserKind.Sgd, LearningRate = 0.5 },
            Schedule = new(),
            Remedies = new Remedies { ClipNorm = 1e-3 },
        });

        trainer.Run(log, maxSteps: 3, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(log.Steps, step => Assert.True(step.GradientNorm > 1e-2));
        Assert.All(log.Steps, step => Assert.Equal(0.5e-3, step.UpdateRatio * step.WeightNorm, 1e-12));
    }

    private static HeadVitals[] Heads(TransformerModel<double> model, int[] tokens, Remedies? remedies = null)
    {
        var workspace = new TransformerWorkspace<double>(model.Config, tokens.Length);
        model.Forward(tokens, tokens.Length, MatrixView.Allocate<double>(tokens.Length, model.Config.VocabularySize), workspace, remedies);
        return model.HeadVitals(workspace);
    }

    /// <summary>Makes the heads unlike each other.</summary>
    private static void Spread(TransformerModel<double> model, double size)
    {
        Span<double> queries = model.Weight(WeightRole.Query, 0).Span;
        for (int i = 0; i < queries.Length; i++)
            queries[i] *= size * (1 + i) * 50;
        Span<double> keys = model.Weight(WeightRole.Key, 0).Span;
        for (int i = 0; i < keys.Length; i++)
            keys[i] *= 20;
    }
}
