using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class TrainerTests
{
    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    [InlineData(HiddenActivation.Gelu)]
    public void Every_activation_learns_to_tell_clouds_apart(HiddenActivation activation)
    {
        Trainer<float> trainer = TrainingRun.Make<float>(
            TrainingRun.Options with { Epochs = 40 }, TrainingRun.Network with { Activation = activation });

        TrainingResult result = trainer.Go();

        Assert.Equal(TrainingStatus.Completed, result.Status);
        Assert.True(result.Best!.Value.Accuracy > 0.7, $"accuracy {result.Best.Value.Accuracy}");
    }

    [Fact]
    public void A_run_does_not_depend_on_the_thread_count()
    {
        Trainer<float> one = TrainingRun.Make<float>(TrainingRun.Options);
        Trainer<float> many = TrainingRun.Make<float>(TrainingRun.Options with { Threads = 3 });

        Assert.Equal(one.Go(), many.Go());

        Assert.True(one.Network.Parameters.Span.SequenceEqual(many.Network.Parameters.Span));
    }

    [Fact]
    public void Another_seed_takes_the_examples_in_another_order()
    {
        Trainer<float> one = TrainingRun.Make<float>(TrainingRun.Options);
        Trainer<float> other = TrainingRun.Make<float>(TrainingRun.Options with { Seed = 4 });
        one.Go(maxSteps: 1);
        other.Go(maxSteps: 1);

        Assert.False(one.Network.Parameters.Span.SequenceEqual(other.Network.Parameters.Span));
    }

    [Fact]
    public void The_network_ends_with_the_weights_of_the_best_validation()
    {
        var log = new StepLog();
        Trainer<double> trainer = TrainingRun.Make<double>(TrainingRun.Options);

        TrainingResult result = trainer.Go(log);

        var workspace = new NetworkWorkspace<double>(trainer.Network.Options, 7);
        Evaluation measured = trainer.Network.Evaluate(TrainingRun.Clouds<double>(45, 2), LossKind.CrossEntropy, workspace);
        Assert.Equal(log.Validations.Min(v => v.Loss), result.Best!.Value.Loss);
        Assert.Equal(result.Best.Value.Loss, measured.Loss, 1e-12);
        Assert.Equal(result.Best.Value.Accuracy, measured.Accuracy);
    }

    [Fact]
    public void Training_stops_when_patience_runs_out()
    {
        var log = new StepLog();
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options with
        {
            Epochs = 500,
            Patience = 4,
            Optimiser = new OptimiserOptions { LearningRate = 0.1 },
            Schedule = new ScheduleOptions(),
        });

        TrainingResult result = trainer.Go(log);

        Assert.Equal(TrainingStatus.EarlyStopped, result.Status);
        Assert.All(log.Validations.TakeLast(4), v => Assert.False(v.IsBest));
        Assert.True(log.Validations[^5].IsBest);
        Assert.Equal(log.Validations[^5].Step, result.Best!.Value.Step);
    }

    [Fact]
    public void Cancelling_stops_between_steps_and_the_run_goes_on_from_there()
    {
        using var source = new CancellationTokenSource();
        var log = new StepLog { OnStepDone = step => CancelAt(step, 7, source) };
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options);

        TrainingResult cancelled = trainer.Run(log, cancellationToken: source.Token);
        TrainingResult finished = trainer.Go(log);

        Assert.Equal((TrainingStatus.Cancelled, 7), (cancelled.Status, cancelled.Steps));
        Assert.Equal(TrainingRun.Make<float>(TrainingRun.Options).Go(), finished);
        Assert.Equal(Enumerable.Range(1, (int)trainer.TotalSteps).Select(step => (long)step), log.Steps.Select(step => step.Step));
    }

    [Fact]
    public void A_run_that_blows_up_says_so_and_keeps_finite_weights()
    {
        var log = new StepLog();
        Trainer<float> trainer = TrainingRun.Make<float>(
            TrainingRun.Options with { ClipNorm = null, RestoreBest = false, Schedule = new(), Optimiser = new() { Kind = OptimiserKind.Sgd, LearningRate = 1e4 } },
            TrainingRun.Network with { Activation = HiddenActivation.Exp });

        TrainingResult result = trainer.Go(log);

        Assert.Equal(TrainingStatus.Diverged, result.Status);
        Assert.Equal(result.Steps + 1, result.NonFiniteStep);
        Assert.Equal(result.NonFiniteStep, log.Steps[^1].Step);
        Assert.True(log.Steps[^1].NonFinite > 0 || !double.IsFinite(log.Steps[^1].Loss));
        Assert.Equal(0, Magnitude.NonFiniteCount<float>(trainer.Network.Parameters.Span));
    }

    [Fact]
    public void A_run_told_to_go_on_regardless_takes_all_its_steps()
    {
        Trainer<float> trainer = TrainingRun.Make<float>(
            TrainingRun.Options with { ClipNorm = null, StopOnNonFinite = false, Schedule = new(), Optimiser = new() { Kind = OptimiserKind.Sgd, LearningRate = 1e4 } },
            TrainingRun.Network with { Activation = HiddenActivation.Exp });

        TrainingResult result = trainer.Go();

        Assert.Equal((TrainingStatus.Completed, trainer.TotalSteps), (result.Status, result.Steps));
        Assert.NotNull(result.NonFiniteStep);
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    [InlineData(HiddenActivation.Gelu)]
    public void A_step_allocates_nothing_once_warm(HiddenActivation activation)
    {
        var gauge = new AllocationGauge();
        Trainer<float> trainer = TrainingRun.Make<float>(
            TrainingRun.Options with { Epochs = 10, Patience = null }, TrainingRun.Network with { Activation = activation });

        trainer.Go(gauge);

        Assert.Equal(trainer.TotalSteps, gauge.Steps);
        Assert.Equal(0, gauge.WithinEpochs(trainer.StepsPerEpoch, skip: 2));
    }

    [Fact]
    public void Squared_loss_fits_real_valued_targets()
    {
        TrainingSet<double> clouds = TrainingRun.Clouds<double>(60, 1);
        MatrixView<double> targets = MatrixView.Allocate<double>(60, 1);
        for (int i = 0; i < 60; i++)
            targets[i, 0] = clouds.Inputs[i, 0] * clouds.Inputs[i, 1];
        var set = TrainingSet.Regression<double>(clouds.Inputs, targets);
        var trainer = new Trainer<double>(
            TwoLayerNetwork.Create<double>(TrainingRun.Network with { Outputs = 1, Activation = HiddenActivation.Gelu }, 1),
            set,
            set,
            new TrainingOptions { Loss = new() { Kind = LossKind.Squared }, BatchSize = null, Epochs = 600, Optimiser = new() { LearningRate = 0.02 } });

        TrainingResult result = trainer.Go();

        Assert.True(result.Best!.Value.Loss < 0.01, $"loss {result.Best.Value.Loss}");
        Assert.True(double.IsNaN(result.Best.Value.Accuracy));
    }

    private static void CancelAt(long step, long last, CancellationTokenSource source)
    {
        if (step == last)
            source.Cancel();
    }
}
