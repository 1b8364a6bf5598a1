using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class DescentTests
{
    private static readonly DescentOptions Options = new() { Loss = new LossOptions { Kind = LossKind.Squared }, MaxSteps = 200, TargetShare = 0.5 };

    [Fact]
    public void It_takes_the_steps_that_the_trainer_takes()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 3, isTheory: true);
        TwoLayerNetwork<double> descended = small.Network.Copy();
        DescentResult result = Run(descended, small, 0.01, Options with { MaxSteps = 2000 });

        TwoLayerNetwork<double> trained = small.Network.Copy();
        var training = new TrainingOptions
        {
            Loss = Options.Loss,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = 0.01 },
            BatchSize = null,
            Epochs = result.Steps,
        };
        new Trainer<double>(trained, small.Set, null, training).Run(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(DescentOutcome.Fit, result.Outcome);
        Assert.Equal(trained.Parameters.ToArray(), descended.Parameters.ToArray());
    }

    [Theory]
    [InlineData(0.0, DescentOutcome.Slow)]
    [InlineData(0.25, DescentOutcome.Fit)]
    [InlineData(100, DescentOutcome.Diverged)]
    public void A_step_that_is_nothing_is_slow_a_small_one_fits_and_a_huge_one_diverges(double multiple, DescentOutcome expected)
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 4, isTheory: true);
        double stable = LossCurvature.StableStep(LossCurvature.Largest(small.Network, small.Set, Options.Loss));

        DescentResult result = Run(small.Network.Copy(), small, multiple * stable, Options);

        Assert.Equal(expected, result.Outcome);
        Assert.InRange(result.Steps, 0, Options.MaxSteps);
        Assert.True(result.BestLoss <= result.StartLoss);
    }

    [Fact]
    public void One_hot_rows_without_a_gradient_are_dead()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 5, isTheory: true);
        double stable = LossCurvature.StableStep(LossCurvature.Largest(small.Network, small.Set, Options.Loss));

        DescentResult result = Run(small.Network.Copy(), small, 1e5 * stable, Options);

        Assert.Equal(DescentOutcome.DeadOneHot, result.Outcome);
        Assert.True(double.IsFinite(result.LastLoss));
    }

    [Fact]
    public void It_stops_where_it_is_cancelled()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 6);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Descent.Run(
            small.Network, small.Set, 0.01, Options, new NetworkWorkspace<double>(small.Network.Options, 1), cancellationToken: source.Token));
    }

    private static DescentResult Run(TwoLayerNetwork<double> network, SmallNetwork small, double rate, DescentOptions options) => Descent.Run(
        network, small.Set, rate, options, new NetworkWorkspace<double>(network.Options, 1), cancellationToken: TestContext.Current.CancellationToken);
}
