using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>Full-batch gradient descent as it went: what a certificate is held against.</summary>
/// <param name="Losses">½‖F − Y‖² before step k + 1, k = 0 … K.</param>
/// <param name="Distances">‖W_k − W_0‖_F.</param>
public sealed record MeasuredRun(IReadOnlyList<double> Losses, IReadOnlyList<double> Distances)
{
    /// <summary>Trains a copy of the network.</summary>
    /// <param name="network">The network at its start; not changed.</param>
    /// <param name="inputs">X, shape n × d.</param>
    /// <param name="targets">Y, shape n × d_out.</param>
    /// <param name="learningRate">η, of the sum loss.</param>
    /// <param name="steps">K.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static MeasuredRun Train(
        TwoLayerNetwork<double> network,
        ReadOnlyMatrixView<double> inputs,
        ReadOnlyMatrixView<double> targets,
        double learningRate,
        int steps,
        int threads = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.Positive(learningRate);
        Require.Positive(steps);
        TwoLayerNetwork<double> copy = network.Copy();
        var workspace = new NetworkWorkspace<double>(network.Options, inputs.Rows);
        double[] losses = new double[steps + 1];
        double[] distances = new double[steps + 1];
        for (int k = 0; k <= steps; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> weights = copy.TrainedParameters.Span;
            losses[k] = copy.LossAndGradient(inputs, targets, LossOptions.Theory, workspace, threads);
            distances[k] = TensorPrimitives.Distance<double>(weights, network.TrainedParameters.Span);
            TensorPrimitives.MultiplyAdd(workspace.Gradient, -learningRate, weights, weights);
        }

        return new MeasuredRun(losses, distances);
    }
}
