using System.Runtime.CompilerServices;
using Kelvin.Linear;
using Kelvin.Tests.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Transformers.Blocks;

/// <summary>Seeded numbers for one block, and the comparison of its gradients with central differences of Σ c ∘ output.</summary>
internal sealed class BlockCase(int seed)
{
    private const double FirstStep = 0.02;
    private readonly Xoshiro256StarStar _random = new(seed, false);
    private readonly List<double[]> _drawn = [];

    public MatrixView<double> Matrix(int rows, int columns, double size = 1) => new(Vector(rows * columns, size), rows, columns);

    public double[] Vector(int length, double size = 1)
    {
        double[] values = new double[length];
        foreach (ref double value in values.AsSpan())
            value = size * Math.Clamp(Normal.Sample(_random, 0, 1), -2.5, 2.5);
        _drawn.Add(values);
        return values;
    }

    /// <summary>The memory under a matrix of this case; a view keeps its own to itself.</summary>
    public Memory<double> MemoryOf(MatrixView<double> matrix)
    {
        foreach (double[] values in _drawn)
        {
            if (Unsafe.AreSame(ref values[0], ref matrix.Span[0]))
                return values;
        }

        throw new ArgumentException("The matrix is not one of this case.", nameof(matrix));
    }

    public int[] Tokens(int length, int vocabulary) => [.. Enumerable.Range(0, length).Select(_ => _random.Next(vocabulary))];

    /// <summary>Σ c ∘ y.</summary>
    public static double Weigh(MatrixView<double> c, MatrixView<double> y)
    {
        double sum = 0;
        for (int i = 0; i < y.Rows; i++)
        {
            for (int j = 0; j < y.Columns; j++)
                sum += c[i, j] * y[i, j];
        }

        return sum;
    }

    /// <summary>Largest difference of a gradient from central differences, relative to the largest derivative (or to 1e-3 where that is less).</summary>
    public static double Error(ReadOnlySpan<double> gradient, Memory<double> parameters, Func<double> loss)
    {
        double[] reference = CentralDifference.Gradient(parameters, FirstStep, loss);
        double largest = 1e-3, difference = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(reference[i]));
            difference = Math.Max(difference, Math.Abs(reference[i] - gradient[i]));
        }

        return difference / largest;
    }
}
