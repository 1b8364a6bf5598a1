using Kelvin.Networks;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

public sealed class WeightAverageTests
{
    private const int Averaged = 12;

    private static readonly TransformerTrainingOptions Options = TinyRun.Options with { AveragedSteps = Averaged, ValidateEverySteps = 7 };

    [Fact]
    public void The_finished_model_is_the_mean_of_the_weights_after_the_last_steps()
    {
        TransformerTrainer<double> plain = TinyRun.Make<double>(Options with { AveragedSteps = null });
        TransformerTrainer<double> averaged = TinyRun.Make<double>(Options);
        plain.Run(maxSteps: Options.Steps - Averaged, cancellationToken: TestContext.Current.CancellationToken);
        double[] expected = new double[plain.Model.Layout.Total];
        for (int step = 0; step < Averaged; step++)
        {
            plain.Run(maxSteps: 1, cancellationToken: TestContext.Current.CancellationToken);
            for (int i = 0; i < expected.Length; i++)
                expected[i] += plain.Model.Parameters.Span[i] / Averaged;
        }

        averaged.Run(cancellationToken: TestContext.Current.CancellationToken);

        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], averaged.Model.Parameters.Span[i], 1e-14);
    }

    [Fact]
    public void The_last_validation_measures_the_mean_and_those_before_it_the_weights_as_they_are()
    {
        TransformerLog plainLog = new(), log = new();
        TransformerTrainer<float> trainer = TinyRun.Make<float>(Options);

        TinyRun.Make<float>(Options with { AveragedSteps = null }).Run(plainLog, cancellationToken: TestContext.Current.CancellationToken);
        trainer.Run(log, cancellationToken: TestContext.Current.CancellationToken);

        TokenSet validation = TokenSet.OfText(TinyRun.Text.AsMemory(100), 8);
        Evaluation measured = TokenEvaluation.Measure(trainer.Model, validation, new TransformerWorkspace<float>(TinyRun.Config, 32));
        Assert.Equal(plainLog.Validations.SkipLast(1), log.Validations.SkipLast(1));
        Assert.NotEqual(plainLog.Validations[^1].Loss, log.Validations[^1].Loss);
        Assert.Equal(measured.Loss, log.Validations[^1].Loss);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(18)]
    [InlineData(24)]
    [InlineData(30)]
    public void A_run_resumed_before_or_amid_the_mean_equals_an_uninterrupted_one_to_the_bit(int saved)
    {
        TransformerTrainer<float> whole = TinyRun.Make<float>(Options), first = TinyRun.Make<float>(Options), second = TinyRun.Make<float>(Options with { Threads = 2 });
        whole.Run(cancellationToken: TestContext.Current.CancellationToken);
        first.Run(maxSteps: saved, cancellationToken: TestContext.Current.CancellationToken);

        TinyRun.Restore(second, TinyRun.Saved(first));
        second.Run(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(whole.Model.Parameters.ToArray(), second.Model.Parameters.ToArray());
        Assert.Equal(TinyRun.Saved(whole), TinyRun.Saved(second));
    }

    [Fact]
    public void A_mean_over_more_steps_than_the_run_has_is_refused_and_so_is_a_checkpoint_without_one()
    {
        byte[] plain = TinyRun.Saved(TinyRun.Make<float>(TinyRun.Options));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => TinyRun.Make<float>(TinyRun.Options with { AveragedSteps = 31 }));
        CheckpointException other = Assert.Throws<CheckpointException>(() => TinyRun.Restore(TinyRun.Make<float>(TinyRun.Options with { AveragedSteps = 30 }), plain));

        Assert.Contains("AveragedSteps is 31, but must be from 1 to the 30 steps", refused.Message, StringComparison.Ordinal);
        Assert.Contains("training.averagedSteps is not set there and 30 here", other.Message, StringComparison.Ordinal);
    }
}
