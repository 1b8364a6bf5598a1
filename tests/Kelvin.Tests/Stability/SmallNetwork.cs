using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Stability;

/// <summary>A random network with a random labelled batch on the unit sphere.</summary>
internal sealed class SmallNetwork
{
    public SmallNetwork(HiddenActivation activation, int seed, bool isTheory = false, double scale = 1)
    {
        Options = new NetworkOptions
        {
            Inputs = 4,
            Hidden = 6,
            Outputs = 3,
            Activation = activation,
            Parametrisation = isTheory ? Parametrisation.Ntk : Parametrisation.Standard,
            TrainOutputWeights = !isTheory,
            UseBias = !isTheory,
            InitialScale = scale,
            Temperature = 0.8,
        };
        Network = TwoLayerNetwork.Create<double>(Options, seed);
        var random = new Xoshiro256StarStar(seed, false);
        Inputs = MatrixView.Allocate<double>(5, Options.Inputs);
        Labels = new int[Inputs.Rows];
        for (int i = 0; i < Inputs.Rows; i++)
        {
            Labels[i] = random.Next(Options.Outputs);
            double square = 0;
            foreach (ref double x in Inputs.Row(i))
                square += (x = Normal.Sample(random, 0, 1)) * x;
            foreach (ref double x in Inputs.Row(i))
                x /= Math.Sqrt(square);
        }
    }

    public NetworkOptions Options { get; }

    public TwoLayerNetwork<double> Network { get; }

    public MatrixView<double> Inputs { get; }

    public int[] Labels { get; }

    public TrainingSet<double> Set => TrainingSet.Classification<double>(Inputs, Labels);

    public NetworkWorkspace<double> Workspace() => new(Options, Inputs.Rows);

    /// <summary>∂F/∂θ of one example by central differences, shape d_out × parameters.</summary>
    public double[,] Jacobian(int example)
    {
        const double step = 1e-5;
        Span<double> weights = Network.TrainedParameters.Span;
        var jacobian = new double[Options.Outputs, weights.Length];
        for (int k = 0; k < weights.Length; k++)
        {
            double kept = weights[k];
            weights[k] = kept + step;
            double[] above = Outputs(example);
            weights[k] = kept - step;
            double[] below = Outputs(example);
            weights[k] = kept;
            for (int l = 0; l < above.Length; l++)
                jacobian[l, k] = (above[l] - below[l]) / (2 * step);
        }

        return jacobian;
    }

    public double[] Outputs(int example)
    {
        MatrixView<double> outputs = MatrixView.Allocate<double>(1, Options.Outputs);
        Network.Forward(Inputs.RowRange(example, 1), outputs, Workspace());
        return outputs.Row(0).ToArray();
    }
}
