using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Diffusion;

/// <summary>A two-layer network that was trained to predict the noise at one level.</summary>
public sealed class NetworkPredictor : INoisePredictor
{
    private readonly TwoLayerNetwork<double> _network;
    private readonly ScoreKernel _lift;

    private NetworkPredictor(TwoLayerNetwork<double> network, ScoreKernel lift, NoiseLevel level) =>
        (_network, _lift, Level) = (network, lift, level);

    /// <inheritdoc/>
    public NoiseLevel Level { get; }

    /// <summary>Trains a network on noisy examples and keeps the weights that do best on held-out ones: early stopping.</summary>
    /// <param name="activation">Softmax, Exp, Relu or Gelu.</param>
    /// <param name="lift">How points are lifted; sphere by default.</param>
    /// <param name="train">Examples to fit.</param>
    /// <param name="heldOut">Examples to stop by.</param>
    /// <param name="options">Width, steps and the rest.</param>
    /// <exception cref="ArgumentException">Clean labels are asked for and there are none, or an option is out of its range.</exception>
    public static NetworkPredictor Fit(
        HiddenActivation activation, PointLift lift, NoisySample train, NoisySample heldOut, NetworkPredictorOptions options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(options);
        Require.That(!options.UseCleanLabels || train.CleanLabels.Rows == train.Rows, "The examples have no clean labels.", nameof(train));
        var lifting = new ScoreKernel(activation, lift, Radius: options.Radius);
        MatrixView<double> inputs = lifting.Lifted(train.Points);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(
            new NetworkOptions
            {
                Inputs = inputs.Columns,
                Hidden = options.Width,
                Outputs = train.Points.Columns,
                Activation = activation,
                InitialScale = options.InitialScale,
                UseBias = lift != PointLift.Raw,
            },
            options.Seed);
        var trainer = new Trainer<double>(
            network,
            TrainingSet.Regression<double>(inputs, options.UseCleanLabels ? train.CleanLabels : train.NoisyLabels),
            TrainingSet.Regression<double>(lifting.Lifted(heldOut.Points), options.UseCleanLabels ? heldOut.CleanLabels : heldOut.NoisyLabels),
            options.Training());
        trainer.Run();
        return new NetworkPredictor(network, lifting, train.Level);
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise) =>
        _network.Forward(_lift.Lifted(points), noise, new NetworkWorkspace<double>(_network.Options, 512));
}
