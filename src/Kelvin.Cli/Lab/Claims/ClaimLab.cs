using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>The reference's setting: random points on the unit sphere, the theory's network, symmetric start, T = 1.</summary>
/// <param name="run">The means.</param>
/// <param name="seeds">Seeds behind every interval.</param>
internal sealed class ClaimLab(LabRun run, int[] seeds)
{
    /// <summary>Points.</summary>
    public const int Points = 16;

    /// <summary>Their dimension.</summary>
    public const int Dimensions = 8;

    public LabRun Run { get; } = run;

    public IReadOnlyList<int> Seeds { get; } = seeds;

    /// <summary>Does the same for every seed.</summary>
    public T[] OverSeeds<T>(string stage, Func<int, T> job) => Run.Do<T>(stage, [.. Seeds.Select(seed => (Func<T>)(() => job(seed)))]);

    /// <summary>Random points on the unit sphere.</summary>
    public static MatrixView<double> Sphere(int points, int dimensions, int seed)
    {
        var random = new Xoshiro256StarStar(unchecked(seed + 77_000), threadSafe: false);
        MatrixView<double> matrix = MatrixView.Allocate<double>(points, dimensions);
        for (int i = 0; i < points; i++)
        {
            double square = 0;
            foreach (ref double x in matrix.Row(i))
                square += (x = Normal.Sample(random, 0, 1)) * x;
            foreach (ref double x in matrix.Row(i))
                x /= Math.Sqrt(square);
        }

        return matrix;
    }

    /// <summary>Points with targets N(0, scale²).</summary>
    public static TrainingSet<double> Regression(double scale, int seed, int points = Points, int dimensions = Dimensions)
    {
        var random = new Xoshiro256StarStar(unchecked(seed + 99_000), threadSafe: false);
        MatrixView<double> targets = MatrixView.Allocate<double>(points, 1);
        for (int i = 0; i < points; i++)
            targets[i, 0] = scale * Normal.Sample(random, 0, 1);
        return TrainingSet.Regression<double>(Sphere(points, dimensions, seed), targets);
    }

    /// <summary>The theory's network; exp's outputs are scaled so that its limit kernel is softmax's.</summary>
    public static TwoLayerNetwork<double> Network(
        HiddenActivation activation, int hidden, double sigma, int seed, int outputs = 1, int dimensions = Dimensions, bool isSymmetric = true) =>
        TwoLayerNetwork.Create<double>(
            NetworkOptions.Theory(dimensions, hidden, outputs, activation) with
            {
                InitialScale = sigma,
                SymmetricStart = isSymmetric,
                OutputInitialScale = activation == HiddenActivation.Exp ? Math.Exp(-sigma * sigma / 2) : 1,
            },
            seed);

    /// <summary>The network's tangent kernel on some points.</summary>
    public static TangentKernel<double> Kernel(TwoLayerNetwork<double> network, ReadOnlyMatrixView<double> inputs) =>
        TangentKernel.Compute(network, inputs);

    /// <summary>‖A − B‖_F/‖B‖_F.</summary>
    public static double Distance(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b)
    {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++)
            {
                difference += Math.Pow(a[i, j] - b[i, j], 2);
                size += b[i, j] * b[i, j];
            }
        }

        return Math.Sqrt(difference / size);
    }
}
