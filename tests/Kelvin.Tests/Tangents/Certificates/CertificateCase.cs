using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using Kelvin.Tangents.Certificates;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>A random network, data set and step size, from a seed.</summary>
internal sealed class CertificateCase
{
    private CertificateCase(TwoLayerNetwork<double> network, MatrixView<double> inputs, MatrixView<double> targets, CertificateOptions options)
    {
        Network = network;
        Inputs = inputs;
        Targets = targets;
        Options = options;
    }

    public TwoLayerNetwork<double> Network { get; }

    public MatrixView<double> Inputs { get; }

    public MatrixView<double> Targets { get; }

    public CertificateOptions Options { get; }

    public TrainingCertificate Prove() => TrainingCertificate.Prove(Network, Inputs, Targets, Options);

    public MeasuredRun Train() => MeasuredRun.Train(Network, Inputs, Targets, Options.LearningRate, Options.Steps);

    /// <summary>
    /// n 4 … 24 on the unit sphere, d 2 … 12, m 16 … 1024, one or two outputs, T ½, 1 or 2, targets from 0.3 to the NTK scaling's ½√m, label noise,
    /// symmetric start or not; a step of 1 to 50 % of the edge, or 80 to 400 % of it, until the linear prediction is at 3·10⁻⁴.
    /// </summary>
    public static CertificateCase Random(int seed, bool tooLargeStep, int mostSteps = 4000)
    {
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        HiddenActivation activation = (HiddenActivation)(seed % 3);
        int hidden = 2 * (int)Math.Round(8 * Math.Pow(64, random.NextDouble()));
        double temperature = Math.ScaleB(0.5, random.Next(0, 3));
        NetworkOptions options = NetworkOptions.Theory(random.Next(2, 13), hidden, random.NextDouble() < 0.2 ? 2 : 1, activation) with
        {
            Temperature = temperature,
            SymmetricStart = random.NextDouble() < 0.5,
            InitialScale = temperature * (activation == HiddenActivation.Relu ? Math.Pow(100, random.NextDouble()) : 0.3 + (0.9 * random.NextDouble())),
        };
        double size = 0.3 * Math.Pow(Math.Sqrt(hidden) / 0.6, random.NextDouble());
        double noise = random.NextDouble() < 0.5 ? 0 : 0.3 * size * random.NextDouble();
        double edge = tooLargeStep ? 0.8 * Math.Pow(5, random.NextDouble()) : 0.01 * Math.Pow(50, random.NextDouble());
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
        MatrixView<double> inputs = Sphere(random.Next(4, 25), options.Inputs, random);
        MatrixView<double> targets = MatrixView.Allocate<double>(inputs.Rows, options.Outputs);
        foreach (ref double target in targets.Span)
            target = (size * Normal.Sample(random, 0, 1)) + (noise * Normal.Sample(random, 0, 1));
        return WithStep(network, inputs, targets, edge, mostSteps, noise);
    }

    /// <summary>A case with a step that is a share of 2/λ_max and as many steps as the kernel at the start needs for 3·10⁻⁴ of the loss.</summary>
    public static CertificateCase WithStep(
        TwoLayerNetwork<double> network, MatrixView<double> inputs, MatrixView<double> targets, double edge, int mostSteps, double noise = 0)
    {
        TangentKernel<double> kernel = TangentKernel.Compute(network, inputs);
        double rate = kernel.Trace > 0 ? edge * kernel.StableStep() : 1;
        KernelSpectrum spectrum = kernel.Spectrum();
        int steps = 50;
        double slowest = Math.Max(1e-12, rate * kernel.Factor * spectrum.Smallest);
        while (steps < mostSteps && Math.Exp(-2 * slowest * steps) > 3e-3)
            steps = Math.Min(mostSteps, (steps * 11 / 10) + 1);
        return new CertificateCase(network, inputs, targets, new CertificateOptions { LearningRate = rate, Steps = steps, LabelNoise = noise });
    }

    /// <summary>Points drawn uniformly from the unit sphere.</summary>
    public static MatrixView<double> Sphere(int rows, int columns, Xoshiro256StarStar random)
    {
        MatrixView<double> points = MatrixView.Allocate<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = points.Row(i);
            foreach (ref double value in row)
                value = Normal.Sample(random, 0, 1);
            double norm = System.Numerics.Tensors.TensorPrimitives.Norm<double>(row);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, norm, row);
        }

        return points;
    }
}
