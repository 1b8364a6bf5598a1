using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Networks;

/// <summary>A small random network with a batch and a loss, and how far its gradient is from central differences.</summary>
internal sealed class GradientCase
{
    /// <summary>Longest way a parameter is moved; pre-activations of ReLU keep further from the kink than that can carry them.</summary>
    private const double FirstStep = 0.02;

    private readonly TwoLayerNetwork<double> _network;
    private readonly NetworkWorkspace<double> _workspace;
    private readonly MatrixView<double> _inputs;
    private readonly MatrixView<double> _targets;
    private readonly int[] _labels;
    private readonly LossOptions _loss;
    private readonly bool _hasTargets;

    public GradientCase(NetworkOptions options, LossOptions loss, int rows, bool hasTargets, int seed)
    {
        var random = new Xoshiro256StarStar(seed, false);
        _workspace = new NetworkWorkspace<double>(options, rows);
        _loss = loss;
        _hasTargets = hasTargets;
        _inputs = MatrixView.Allocate<double>(rows, options.Inputs);
        _targets = MatrixView.Allocate<double>(rows, options.Outputs);
        _labels = new int[rows];
        do
        {
            _network = TwoLayerNetwork.Create<double>(options, random.Next());
            Fill(_network.HiddenBias, 0.3, random);
            Fill(_network.OutputBias, 0.3, random);
        }
        while (!TryDraw(random));
    }

    /// <summary>
    /// Largest difference in any parameter, relative to the largest derivative, or to 1e-4·max(1, loss) where that is more: a gradient may
    /// be 0 by structure, and rounding of the loss then limits what a difference can see.
    /// </summary>
    public double RelativeError()
    {
        double floor = 1e-4 * Math.Max(1, Loss());
        double[] gradient = _workspace.Gradient.ToArray();
        double sensitivity = Math.Max(1, _network.Options.OutputScale) * Math.Max(1, 1 / _network.Options.Temperature);
        double[] reference = CentralDifference.Gradient(_network.TrainedParameters, FirstStep / sensitivity, Loss);

        double largest = floor;
        double difference = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(reference[i]));
            difference = Math.Max(difference, Math.Abs(gradient[i] - reference[i]));
        }

        return difference / largest;
    }

    private static void Fill(Span<double> values, double size, Xoshiro256StarStar random)
    {
        foreach (ref double value in values)
            value = size * Math.Clamp(Normal.Sample(random, 0, 1), -2, 2);
    }

    /// <summary>Draws the batch; fails where the weights leave no room away from a kink.</summary>
    private bool TryDraw(Xoshiro256StarStar random)
    {
        for (int i = 0; i < _inputs.Rows; i++)
        {
            _labels[i] = random.Next(_network.Options.Outputs);
            Fill(_targets.Row(i), 1, random);
            int attempts = 0;
            do
            {
                if (attempts++ == 100)
                    return false;
                Fill(_inputs.Row(i), 0.75, random);
            }
            while (!IsAwayFromKinks(i));
        }

        return true;
    }

    private bool IsAwayFromKinks(int row)
    {
        if (_network.Options.Activation != HiddenActivation.Relu)
            return true;

        _network.Forward(_inputs.RowRange(row, 1), _workspace);
        double nearest = double.PositiveInfinity;
        foreach (double z in _workspace.Preactivations.Row(0))
            nearest = Math.Min(nearest, Math.Abs(z));
        return nearest > 1.6 * FirstStep;
    }

    private double Loss() => _hasTargets
        ? _network.LossAndGradient(_inputs, _targets, _loss, _workspace)
        : _network.LossAndGradient(_inputs, _labels, _loss, _workspace);
}
