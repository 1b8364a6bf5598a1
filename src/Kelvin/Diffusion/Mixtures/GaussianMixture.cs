using Kelvin.Linear;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Diffusion;

/// <summary>A mixture of Gaussians p₀ = Σ_k w_k N(μ_k, C_k), whose noisy laws and scores are known exactly.</summary>
/// <remarks>Source of the formulas: Tweedie's formula and Bayes' rule for Gaussians.</remarks>
public sealed class GaussianMixture
{
    private readonly double[] _weights;
    private readonly double[] _cumulative;
    private readonly Matrix<double>[] _covariances;
    private readonly Matrix<double>[] _roots;

    /// <summary>Makes a mixture.</summary>
    /// <param name="weights">w, shape [K], K ≥ 1: > 0, divided by their sum.</param>
    /// <param name="means">μ, shape K × d; copied.</param>
    /// <param name="covariances">C, K matrices d × d, symmetric and positive semidefinite; copied. A zero matrix is a point.</param>
    /// <exception cref="ArgumentException">A shape or a value is not as said.</exception>
    public GaussianMixture(ReadOnlySpan<double> weights, ReadOnlyMatrixView<double> means, IReadOnlyList<ReadOnlyMatrixView<double>> covariances)
    {
        ArgumentNullException.ThrowIfNull(covariances);
        Require.NotEmpty(weights);
        Require.SameShape(weights.Length, means.Columns, means.Rows, means.Columns, nameof(means));
        Require.Positive(means.Columns, nameof(means));
        Require.That(covariances.Count == weights.Length, "There must be one covariance for each weight.", nameof(covariances));

        double sum = 0;
        foreach (double weight in weights)
        {
            Require.Positive(weight, nameof(weights));
            sum += weight;
        }

        _weights = weights.ToArray();
        _cumulative = new double[weights.Length];
        for (int k = 0; k < _weights.Length; k++)
        {
            _weights[k] /= sum;
            _cumulative[k] = _weights[k] + (k == 0 ? 0 : _cumulative[k - 1]);
        }

        MatrixView<double> copy = MatrixView.Allocate<double>(means.Rows, means.Columns);
        means.CopyTo(copy);
        Means = copy;
        _covariances = [.. covariances.Select(covariance => Read(covariance, means.Columns))];
        _roots = [.. _covariances.Select(RootOf)];
    }

    /// <summary>d, the number of coordinates.</summary>
    public int Dimensions => Means.Columns;

    /// <summary>K, the number of components.</summary>
    public int Components => _weights.Length;

    /// <summary>w, shape [K], summing to 1.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>μ, shape K × d.</summary>
    public ReadOnlyMatrixView<double> Means { get; }

    /// <summary>Equal weights on a circle in the plane: μ_k = radius·(cos 2πk/K, sin 2πk/K), C_k = deviation² I.</summary>
    /// <exception cref="ArgumentException">A value is not finite and greater than 0.</exception>
    public static GaussianMixture Ring(int components = 8, double radius = 2, double deviation = 0.2)
    {
        Require.Positive(components);
        Require.Positive(radius);
        Require.Positive(deviation);
        MatrixView<double> means = MatrixView.Allocate<double>(components, 2);
        for (int k = 0; k < components; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / components);
            means[k, 0] = radius * cos;
            means[k, 1] = radius * sin;
        }

        double variance = deviation * deviation;
        ReadOnlyMatrixView<double> covariance = MatrixView.From(new[,] { { variance, 0 }, { 0, variance } });
        double[] weights = new double[components];
        weights.AsSpan().Fill(1);
        return new GaussianMixture(weights, means, [.. Enumerable.Repeat(covariance, components)]);
    }

    /// <summary>Draws points.</summary>
    /// <param name="random">The generator; moved on.</param>
    /// <param name="points">Filled; shape n × d.</param>
    /// <param name="labels">The component of each point, shape [n]; or empty.</param>
    public void Sample(Random random, MatrixView<double> points, Span<int> labels = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.That(points.Columns == Dimensions, $"points have {points.Columns} columns, but the mixture has {Dimensions} coordinates.", nameof(points));
        if (!labels.IsEmpty)
            Require.Length<int>(labels, points.Rows);

        double[] z = new double[Dimensions];
        for (int i = 0; i < points.Rows; i++)
        {
            int k = Component(random.NextDouble());
            GaussianNoise.Fill<double>(random, z);
            Span<double> point = points.Row(i);
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = Means[k, j];
                for (int l = 0; l < z.Length; l++)
                    point[j] += _roots[k][j, l] * z[l];
            }

            if (!labels.IsEmpty)
                labels[i] = k;
        }
    }

    /// <summary>The law p_t of x_t = α x₀ + σ ε.</summary>
    /// <exception cref="ArgumentException">A component has no density at this level: its covariance is singular and σ = 0.</exception>
    public DiffusedMixture At(in NoiseLevel level) => new(this, level);

    internal Matrix<double> Covariance(int component) => _covariances[component];

    private static Matrix<double> Read(ReadOnlyMatrixView<double> covariance, int dimensions)
    {
        Require.SameShape(dimensions, dimensions, covariance.Rows, covariance.Columns, nameof(covariance));
        Matrix<double> copy = Matrix<double>.Build.Dense(dimensions, dimensions);
        for (int i = 0; i < dimensions; i++)
        {
            for (int j = 0; j < dimensions; j++)
                copy[i, j] = covariance[i, j];
        }

        double size = copy.Enumerate().Max(Math.Abs);
        Require.That(double.IsFinite(copy.Enumerate().Sum()), "A covariance holds NaN or an infinity.", nameof(covariance));
        Require.That((copy - copy.Transpose()).Enumerate().All(x => Math.Abs(x) <= 1e-12 * size), "A covariance is not symmetric.", nameof(covariance));
        return copy;
    }

    /// <summary>Q √Λ Qᵀ, also where eigenvalues are 0.</summary>
    private static Matrix<double> RootOf(Matrix<double> covariance)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> eigen = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> values = eigen.EigenValues.Real();
        Require.That(
            values.Minimum() >= -1e-12 * Math.Max(values.Maximum(), 0),
            $"A covariance has the eigenvalue {values.Minimum()}, but none may be below 0.",
            nameof(covariance));
        return eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(values.PointwiseMaximum(0).PointwiseSqrt()) * eigen.EigenVectors.Transpose();
    }

    private int Component(double uniform)
    {
        int k = Array.BinarySearch(_cumulative, uniform);
        return Math.Min(k < 0 ? ~k : k + 1, _weights.Length - 1);
    }
}
