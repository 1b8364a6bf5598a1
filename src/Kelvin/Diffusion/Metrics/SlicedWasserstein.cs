using System.Numerics.Tensors;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>The sliced Wasserstein distance between two samples of the same size: earth moved along lines.</summary>
/// <remarks>Source: Bonneel et al., J. Math. Imaging Vis. 51 (2015).</remarks>
public static class SlicedWasserstein
{
    /// <summary>√ of the mean of <see cref="Squared"/> over the directions.</summary>
    /// <param name="a">Shape n × d, n ≥ 1.</param>
    /// <param name="b">Shape n × d.</param>
    /// <param name="directions">Shape L × d, L ≥ 1, none of them 0; any length. See <see cref="Directions"/>.</param>
    public static double Between(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b, ReadOnlyMatrixView<double> directions) =>
        Math.Sqrt(TensorPrimitives.Average<double>(Squared(a, b, directions)));

    /// <summary>(1/n) Σ (sorted aᵀu − sorted bᵀu)² for each direction, u of length 1: W₂² of the projections.</summary>
    /// <param name="a">Shape n × d, n ≥ 1.</param>
    /// <param name="b">Shape n × d.</param>
    /// <param name="directions">Shape L × d, L ≥ 1, none of them 0; any length.</param>
    /// <returns>Shape [L]. NaN where a point projects to NaN.</returns>
    /// <remarks>Cost: L sorts of n numbers, twice.</remarks>
    /// <exception cref="ArgumentException">The samples differ in size, or the numbers of coordinates do.</exception>
    public static double[] Squared(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b, ReadOnlyMatrixView<double> directions)
    {
        SamplePairs.Check(a, b);
        Require.SameShape(a.Rows, a.Columns, b.Rows, b.Columns, nameof(b));
        Require.Positive(directions.Rows, nameof(directions));
        Require.That(directions.Columns == a.Columns, "The directions must have as many coordinates as the points.", nameof(directions));

        double[] squared = new double[directions.Rows];
        double[] first = new double[a.Rows];
        double[] second = new double[a.Rows];
        for (int l = 0; l < squared.Length; l++)
        {
            ReadOnlySpan<double> direction = directions.Row(l);
            double length = TensorPrimitives.Norm(direction);
            Require.That(length > 0 && double.IsFinite(length), $"Direction {l} is 0 or not finite.", nameof(directions));
            Project(a, direction, length, first);
            Project(b, direction, length, second);
            double distance = TensorPrimitives.Distance<double>(first, second);
            squared[l] = distance * distance / a.Rows;
        }

        return squared;
    }

    /// <summary>Directions spread evenly over the sphere at random.</summary>
    /// <param name="count">L ≥ 1.</param>
    /// <param name="dimensions">d ≥ 1.</param>
    /// <param name="seed">Same seed, same directions.</param>
    /// <returns>Shape L × d, rows of length 1.</returns>
    public static MatrixView<double> Directions(int count, int dimensions, int seed)
    {
        Require.Positive(count);
        Require.Positive(dimensions);
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        MatrixView<double> directions = MatrixView.Allocate<double>(count, dimensions);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = directions.Row(i);
            GaussianNoise.Fill(random, row);
            TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }

        return directions;
    }

    private static void Project(ReadOnlyMatrixView<double> points, ReadOnlySpan<double> direction, double length, double[] projected)
    {
        for (int i = 0; i < projected.Length; i++)
            projected[i] = TensorPrimitives.Dot(points.Row(i), direction) / length;
        Array.Sort(projected);
    }
}
