using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents;

/// <summary>A random problem: a network, data on a sphere, targets and a step, about half of them in the kernel regime.</summary>
/// <remarks>
/// n from 4 to 24, d from 2 to 12, m from 32 to 1 024, one or two outputs, T from ½ to 2, σ·radius/T from 0.1 to 1.5, half of the starts symmetric, targets
/// N(0, 1) times 10⁻³ … 10 (ReLU, whose kinks need smaller ones: 10⁻⁵ … 10) above the outputs at the start or in themselves, step 0.1 to 1 of the stable one, one in six up to 1.5 of it.
/// </remarks>
internal sealed class RegimeProblem
{
    public const int Steps = 1000;
    public const double Floor = 1e-6;
    public const double Tolerance = 0.05;

    public RegimeProblem(HiddenActivation activation, int seed)
    {
        var random = new Xoshiro256StarStar((seed * 7919) + (int)activation, threadSafe: false);
        int n = random.Next(4, 25);
        int d = random.Next(2, 13);
        int m = 2 * (int)Math.Round(16 * Math.Pow(32, random.NextDouble()));
        int outputs = random.NextDouble() < 0.25 ? 2 : 1;
        double temperature = Between(random, 0.5, 2);
        double radius = Between(random, 0.5, 1.5);
        NetworkOptions options = NetworkOptions.Theory(d, m, outputs, activation) with
        {
            Temperature = temperature,
            InitialScale = Between(random, 0.1, 1.5) * temperature / radius,
            SymmetricStart = random.NextDouble() < 0.5,
        };
        Network = TwoLayerNetwork.Create<double>(options, seed);
        MatrixView<double> points = SlowKernel.OnSphere(n, d, seed + 1);
        foreach (ref double x in points.Span)
            x *= radius;

        var workspace = new NetworkWorkspace<double>(options, n);
        MatrixView<double> targets = MatrixView.Allocate<double>(n, outputs);
        if (random.NextDouble() < 0.7)
            Network.Forward(points, targets, workspace);   // what is to be learnt does not depend on what the start happens to be
        double size = Between(random, activation == HiddenActivation.Relu ? 1e-5 : 1e-3, 10) * (random.NextDouble() < 0.3 ? Math.Sqrt(m) : 1);
        foreach (ref double y in targets.Span)
            y += size * Normal.Sample(random, 0, 1);
        Set = TrainingSet.Regression<double>(points, targets);

        double share = random.NextDouble() < 1 / 6.0 ? 1 + (0.5 * random.NextDouble()) : Between(random, 0.1, 1);
        double stable = TangentKernel.Compute<double>(Network, points).Spectrum().StableStep();
        Path = new PathOptions { LearningRate = share * stable, Steps = Steps, Floor = Floor };
    }

    public TwoLayerNetwork<double> Network { get; }

    public TrainingSet<double> Set { get; }

    public PathOptions Path { get; }

    /// <summary>Whether the loss predicted from the start is within 5 % of the real one until that has fallen to 1e-6 of its start.</summary>
    public bool IsPredictable => TrainingComparison.Run(Network, Set, Path, Tolerance).Reason == PredictionEnd.Holds;

    private static double Between(Xoshiro256StarStar random, double low, double high) => low * Math.Pow(high / low, random.NextDouble());
}
