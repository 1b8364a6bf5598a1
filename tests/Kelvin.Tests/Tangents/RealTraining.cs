using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

/// <summary>Trains for real, to be compared with.</summary>
internal static class RealTraining
{
    public static TrainingComparison Compare(TwoLayerNetwork<double> network, TrainingSet<double> set, PathOptions options) =>
        TrainingComparison.Run(network, set, options, cancellationToken: TestContext.Current.CancellationToken);

    public static TwoLayerNetwork<double> Trained(TwoLayerNetwork<double> network, TrainingSet<double> set, double rate, int steps)
    {
        TwoLayerNetwork<double> copy = network.Copy();
        var options = new TrainingOptions
        {
            Loss = LossOptions.Theory,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = rate },
            BatchSize = null,
            Epochs = steps,
        };
        new Trainer<double>(copy, set, null, options).Run(cancellationToken: TestContext.Current.CancellationToken);
        return copy;
    }
}
