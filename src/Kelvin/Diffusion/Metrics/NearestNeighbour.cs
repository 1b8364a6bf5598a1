using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Distances to the nearest of some points: whether a generator copies what it was trained on.</summary>
public static class NearestNeighbour
{
    /// <summary>The Euclidean distance from each point to the nearest of <paramref name="others"/>.</summary>
    /// <param name="points">Shape n × d.</param>
    /// <param name="others">Shape m × d, m ≥ 1.</param>
    /// <returns>Shape [n]; NaN where a point is.</returns>
    /// <exception cref="ArgumentException">There is no other point, or the numbers of coordinates differ.</exception>
    public static double[] Distances(ReadOnlyMatrixView<double> points, ReadOnlyMatrixView<double> others)
    {
        Require.Positive(others.Rows, nameof(others));
        Require.SameShape(points.Rows, points.Columns, points.Rows, others.Columns, nameof(others));
        double[] distances = new double[points.Rows];
        for (int i = 0; i < distances.Length; i++)
        {
            double nearest = double.PositiveInfinity;
            for (int j = 0; j < others.Rows; j++)
                nearest = Math.Min(nearest, TensorPrimitives.Distance(points.Row(i), others.Row(j)));
            distances[i] = nearest;
        }

        return distances;
    }

    /// <summary>
    /// The share of samples that are nearer to a training example than all but a share of real test examples are. About
    /// <paramref name="realShare"/> for fresh draws of the real law; much more for copies.
    /// </summary>
    /// <param name="samples">Distances of samples to the training data.</param>
    /// <param name="real">Distances of real data held out of training to the training data, at least one.</param>
    /// <param name="realShare">Which quantile of the real distances is "near", between 0 and 1.</param>
    public static double ShareNearer(ReadOnlySpan<double> samples, ReadOnlySpan<double> real, double realShare)
    {
        Require.NotEmpty(samples);
        Require.NotEmpty(real);
        Require.Level(realShare);
        double[] sorted = real.ToArray();
        Array.Sort(sorted);
        double near = sorted[Math.Clamp((int)Math.Ceiling(realShare * sorted.Length) - 1, 0, sorted.Length - 1)];
        int count = 0;
        foreach (double distance in samples)
            count += distance <= near ? 1 : 0;
        return (double)count / samples.Length;
    }
}
