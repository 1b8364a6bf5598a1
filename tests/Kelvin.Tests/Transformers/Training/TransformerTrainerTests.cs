using Kelvin.Networks;
using Kelvin.Tests.Networks;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

public sealed class TransformerTrainerTests
{
    public static TheoryData<bool, int> Runs => new MatrixTheoryData<bool, int>([true, false], [1, 3]);

    [Fact]
    public void Training_learns_and_reports_every_head()
    {
        var log = new TransformerLog();
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options with { Steps = 200, ValidateEverySteps = 50 });

        TrainingResult result = trainer.Run(log, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(TrainingStatus.Completed, result.Status);
        Assert.InRange(log.Steps[0].Loss, Math.Log(7) - 0.3, Math.Log(7) + 0.3);
        Assert.InRange(log.Steps[^1].Loss, 0, 0.7);
        Assert.Equal([50L, 100, 150, 200], log.Validations.Select(validation => validation.Step));
        Assert.InRange(log.Validations[^1].Accuracy, 0.7, 1);
        Assert.All(log.Heads, heads => Assert.Equal(TinyRun.Config.Layers * TinyRun.Config.Heads, heads.Length));
        Assert.All(log.Heads.SelectMany(heads => heads), head => Assert.InRange(head.NormalizedEntropy, 0, 1));
        Assert.All(log.Steps, step => Assert.Equal(32, step.Tokens));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_resumed_run_equals_an_uninterrupted_one_to_the_bit(bool isLlama, int accumulation)
    {
        TransformerConfig config = isLlama ? TinyModels.Llama(hasBias: true) with { HasSinks = true, Window = 5, SoftCap = 3 } : TinyModels.Gpt2();
        TransformerTrainingOptions options = TinyRun.Options with { Accumulation = accumulation, ValidateEverySteps = 7 };
        var warm = new Remedies { ZLoss = 1e-3, AttentionTemperature = 1.5 };
        TransformerTrainer<float> whole = TinyRun.Make<float>(options, config);
        whole.Run(maxSteps: 5, cancellationToken: TestContext.Current.CancellationToken);
        whole.Remedies = warm;
        TransformerTrainer<float> first = TinyRun.Make<float>(options, config);
        first.Run(maxSteps: 5, cancellationToken: TestContext.Current.CancellationToken);
        first.Remedies = warm;
        first.Run(maxSteps: 6, cancellationToken: TestContext.Current.CancellationToken);
        TransformerTrainer<float> second = TinyRun.Make<float>(options with { Threads = 2 }, config);

        TinyRun.Restore(second, TinyRun.Saved(first));
        whole.Run(cancellationToken: TestContext.Current.CancellationToken);
        second.Run(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(warm, second.Remedies);
        Assert.Equal(whole.Model.Parameters.ToArray(), second.Model.Parameters.ToArray());
        Assert.Equal(TinyRun.Saved(whole), TinyRun.Saved(second));
    }

    [Fact]
    public void A_checkpoint_of_another_kind_of_model_says_what_it_is()
    {
        byte[] transformer = TinyRun.Saved(TinyRun.Make<float>(TinyRun.Options));
        byte[] network = TrainingRun.Saved(TrainingRun.Make<float>(TrainingRun.Options));

        CheckpointException ofTransformer = Assert.Throws<CheckpointException>(() => Checkpoint.LoadNetwork<float>(new MemoryStream(transformer), "run.ckpt"));
        CheckpointException ofNetwork = Assert.Throws<CheckpointException>(() => TinyRun.Restore(TinyRun.Make<float>(TinyRun.Options), network));

        Assert.Equal("run.ckpt holds the training of a transformer, but that of a two-layer network is wanted.", ofTransformer.Message);
        Assert.Equal("run.ckpt holds the training of a two-layer network, but that of a transformer is wanted.", ofNetwork.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sequences_of_unequal_length_give_the_gradient_of_the_same_ones_filled_up(bool isLlama)
    {
        TransformerConfig config = isLlama ? TinyModels.Llama(hasBias: true) with { HasSinks = true, Window = 5, SoftCap = 3 } : TinyModels.Gpt2();
        int[] tokens = [1, 2, 3, 0, 0, 0, 4, 5, 6, 1, 2, 3, 5, 0, 0, 0, 0, 0, 2, 4, 6, 1, 3, 0];
        int[] labels = [-1, 3, 5, -1, -1, -1, -1, 6, 1, 2, -1, 4, 2, -1, -1, -1, -1, -1, -1, -1, 1, 3, 5, -1];
        TransformerTrainer<double> trainer = TinyRun.Make<double>(TinyRun.Options, config, TokenSet.OfSequences(tokens, labels, 6));
        TransformerModel<double> model = trainer.Model.Copy();
        var workspace = new TransformerWorkspace<double>(config, tokens.Length);
        var log = new TransformerLog();

        PassResult filledUp = model.LossAndGradient(tokens, labels, 6, workspace);
        trainer.Run(log, maxSteps: 1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(filledUp.CrossEntropy, log.Steps[0].Loss, 1e-12);
        Assert.Equal(Magnitude.Norm<double>(workspace.Gradient), log.Steps[0].GradientNorm, 1e-12);
        Assert.Equal(15, log.Heads[0][0].Queries);
    }

    [Fact]
    public void Accumulated_batches_give_the_gradient_of_one_large_batch()
    {
        TransformerTrainer<double> large = TinyRun.Make<double>(TinyRun.Options with { Sequences = 6 });
        TransformerTrainer<double> small = TinyRun.Make<double>(TinyRun.Options with { Sequences = 2, Accumulation = 3 });
        TransformerLog largeLog = new(), smallLog = new();

        large.Run(largeLog, maxSteps: 5, cancellationToken: TestContext.Current.CancellationToken);
        small.Run(smallLog, maxSteps: 5, cancellationToken: TestContext.Current.CancellationToken);

        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(largeLog.Steps[step].Loss, smallLog.Steps[step].Loss, 1e-12);
            Assert.Equal(largeLog.Steps[step].GradientNorm, smallLog.Steps[step].GradientNorm, 1e-10);
            Assert.Equal(largeLog.Heads[step][3].Entropy, smallLog.Heads[step][3].Entropy, 1e-12);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Sequences_come_as_they_stand_where_the_order_is_kept_whatever_the_seed(int seed)
    {
        int[] labels = [1, -1, -1, -1, 1, 2, -1, -1, 1, 2, 3, -1, 1, 2, 3, 4];   // sequence i has i + 1 of them
        TokenSet set = TokenSet.OfSequences(new int[labels.Length], labels, 4);
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options with { Sequences = 1, Seed = seed, KeepsOrder = true }, set: set);
        var log = new TransformerLog();

        trainer.Run(log, maxSteps: 8, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], log.Steps.Select(step => step.Tokens));
    }

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        const int Steps = 120;
        var gauge = new StepAllocations(Steps);
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options with { Steps = Steps });

        trainer.Run(gauge, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, gauge.MostWithinEpochs(trainer.StepsPerEpoch, skip: 100));
    }

    [Fact]
    public void A_run_that_becomes_non_finite_stops_undamaged()
    {
        TransformerTrainer<float> trainer = TinyRun.Make<float>(TinyRun.Options);
        trainer.Run(maxSteps: 3, cancellationToken: TestContext.Current.CancellationToken);
        trainer.Model.Weight(WeightRole.Down, 1)[0, 0] = float.NaN;
        float[] before = trainer.Model.Parameters.ToArray();
        var log = new TransformerLog();

        TrainingResult result = trainer.Run(log, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(TrainingStatus.Diverged, result.Status);
        Assert.Equal(4, result.NonFiniteStep);
        Assert.True(log.Steps[0].NonFinite > 0);
        Assert.Equal(before, trainer.Model.Parameters.ToArray());
    }

    [Fact]
    public void Another_run_is_refused_by_the_name_of_what_differs()
    {
        byte[] saved = TinyRun.Saved(TinyRun.Make<float>(TinyRun.Options));

        Assert.Contains("training.seed is 3 there and 4 here", Refusal(TinyRun.Make<float>(TinyRun.Options with { Seed = 4 }), saved), StringComparison.Ordinal);
        Assert.Contains("model.layers is 2 there and 1 here", Refusal(TinyRun.Make<float>(TinyRun.Options, TinyModels.Llama(layers: 1, isTied: true)), saved), StringComparison.Ordinal);
        Assert.Contains("other data", Refusal(TinyRun.Make<float>(TinyRun.Options, set: TokenSet.OfText(TinyRun.Text.AsMemory(1), 8)), saved), StringComparison.Ordinal);
        Assert.Contains("is cut off", Refusal(TinyRun.Make<float>(TinyRun.Options), saved[..^9]), StringComparison.Ordinal);
        saved[^40] ^= 1;
        Assert.Contains("is damaged", Refusal(TinyRun.Make<float>(TinyRun.Options), saved), StringComparison.Ordinal);
    }

    private static string Refusal(TransformerTrainer<float> trainer, byte[] saved) =>
        Assert.Throws<CheckpointException>(() => TinyRun.Restore(trainer, saved)).Message;
}
