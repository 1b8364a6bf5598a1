using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Tangents;

/// <summary>A softmax network of the theory with one output, and points on the unit sphere.</summary>
internal sealed class KernelProblem
{
    public KernelProblem(int examples, int inputs, int hidden)
    {
        Network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(inputs, hidden, 1, HiddenActivation.Softmax), seed: 1);
        var random = new Xoshiro256StarStar(2, false);
        Points = MatrixView.Allocate<double>(examples, inputs);
        foreach (ref double x in Points.Span)
            x = Normal.Sample(random, 0, 1 / Math.Sqrt(inputs));
    }

    public TwoLayerNetwork<double> Network { get; }

    public MatrixView<double> Points { get; }

    /// <summary>Operations that a kernel takes at least: half of both Gram matrices and the forward pass.</summary>
    public double Operations =>
        ((double)Points.Rows * Points.Rows * (Points.Columns + Network.Options.Hidden)) + (2.0 * Points.Rows * Points.Columns * Network.Options.Hidden);
}
