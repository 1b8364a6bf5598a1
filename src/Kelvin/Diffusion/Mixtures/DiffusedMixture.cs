using Kelvin.Linear;
using Kelvin.Softmax;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Kelvin.Diffusion;

/// <summary>The exact law p_t = Σ_k w_k N(α μ_k, A_k), A_k = α² C_k + σ² I, of a mixture to which noise was added.</summary>
/// <remarks>
/// <para>r_k = x − α μ_k; z_k = log w_k − ½ log det A_k − ½ r_kᵀ A_k⁻¹ r_k; γ = softmax(z): the responsibilities <em>are</em> a softmax, so no point
/// is too far for it. log p_t = LSE(z) − (d/2) log 2π; score = −Σ_k γ_k A_k⁻¹ r_k.</para>
/// <para>NaN in a point makes its answers NaN. Made once for a noise level (K Cholesky factors); for one caller at a time. A point costs
/// K d² multiply-adds and nothing on the heap.</para>
/// </remarks>
public sealed class DiffusedMixture
{
    private readonly GaussianMixture _mixture;
    private readonly double[][] _factors;
    private readonly double[] _offsets;
    private readonly double[] _logits;
    private readonly double[] _responsibilities;
    private readonly double[] _solved;
    private readonly int _d;

    internal DiffusedMixture(GaussianMixture mixture, in NoiseLevel level)
    {
        _mixture = mixture;
        Level = level;
        _d = mixture.Dimensions;
        int components = mixture.Components;
        _factors = new double[components][];
        _offsets = new double[components];
        _logits = new double[components];
        _responsibilities = new double[components];
        _solved = new double[components * _d];
        for (int k = 0; k < components; k++)
            Factor(k);
    }

    /// <summary>The noise that is in the points.</summary>
    public NoiseLevel Level { get; }

    /// <summary>log p_t(x), in nats.</summary>
    public double LogDensity(ReadOnlySpan<double> point) => Look(point) - (0.5 * _d * Math.Log(2 * Math.PI));

    /// <summary>γ, shape [K]: the probability of each component given x_t.</summary>
    public void Responsibilities(ReadOnlySpan<double> point, Span<double> responsibilities)
    {
        Look(point);
        _responsibilities.CopyTo(responsibilities);
    }

    /// <summary>∇ log p_t(x), shape [d].</summary>
    public void Score(ReadOnlySpan<double> point, Span<double> score)
    {
        Require.Length<double>(score, _d);
        Look(point);
        score.Clear();
        for (int k = 0; k < _responsibilities.Length; k++)
            LinearCombination.Add(-_responsibilities[k], Solved(k), score);
    }

    /// <summary>E[ε | x_t] = −σ·score, shape [d].</summary>
    public void Noise(ReadOnlySpan<double> point, Span<double> noise)
    {
        Score(point, noise);
        Denoising.NoiseOfScore<double>(Level, noise, noise);
    }

    /// <summary>E[x₀ | x_t] = Σ_k γ_k (μ_k + α C_k A_k⁻¹ r_k), shape [d]; holds without noise and where α is tiny, unlike Tweedie's quotient.</summary>
    public void Data(ReadOnlySpan<double> point, Span<double> data)
    {
        Require.Length<double>(data, _d);
        Look(point);
        data.Clear();
        for (int k = 0; k < _responsibilities.Length; k++)
        {
            Matrix<double> covariance = _mixture.Covariance(k);
            ReadOnlySpan<double> solved = Solved(k);
            for (int i = 0; i < _d; i++)
            {
                double shift = 0;
                for (int j = 0; j < _d; j++)
                    shift += covariance[i, j] * solved[j];
                data[i] += _responsibilities[k] * (_mixture.Means[k, i] + (Level.Alpha * shift));
            }
        }
    }

    /// <summary>The scores of n points, shape n × d.</summary>
    public void Score(ReadOnlyMatrixView<double> points, MatrixView<double> scores)
    {
        Require.SameShape(points.Rows, points.Columns, scores.Rows, scores.Columns, nameof(scores));
        for (int i = 0; i < points.Rows; i++)
            Score(points.Row(i), scores.Row(i));
    }

    /// <summary>E[ε | x_t] of n points, shape n × d.</summary>
    public void Noise(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        Require.SameShape(points.Rows, points.Columns, noise.Rows, noise.Columns, nameof(noise));
        for (int i = 0; i < points.Rows; i++)
            Noise(points.Row(i), noise.Row(i));
    }

    private ReadOnlySpan<double> Solved(int component) => _solved.AsSpan(component * _d, _d);

    /// <summary>Fills the responsibilities and A_k⁻¹ r_k; returns LSE(z).</summary>
    private double Look(ReadOnlySpan<double> point)
    {
        Require.Length(point, _d);
        for (int k = 0; k < _logits.Length; k++)
        {
            Span<double> solved = _solved.AsSpan(k * _d, _d);
            ReadOnlySpan<double> mean = _mixture.Means.Row(k);
            for (int i = 0; i < _d; i++)
                solved[i] = point[i] - (Level.Alpha * mean[i]);
            _logits[k] = _offsets[k] - (0.5 * Solve(_factors[k], solved));
        }

        return TemperedSoftmax.Forward(_logits, 1, _responsibilities).LogSumExp;
    }

    /// <summary>Turns r into A⁻¹ r by A = L Lᵀ and returns ‖L⁻¹ r‖² = rᵀ A⁻¹ r.</summary>
    private double Solve(double[] factor, Span<double> r)
    {
        double square = 0;
        for (int i = 0; i < _d; i++)
        {
            double sum = r[i];
            for (int j = 0; j < i; j++)
                sum -= factor[(i * _d) + j] * r[j];
            r[i] = sum / factor[(i * _d) + i];
            square += r[i] * r[i];
        }

        for (int i = _d - 1; i >= 0; i--)
        {
            double sum = r[i];
            for (int j = i + 1; j < _d; j++)
                sum -= factor[(j * _d) + i] * r[j];
            r[i] = sum / factor[(i * _d) + i];
        }

        return square;
    }

    private void Factor(int k)
    {
        Matrix<double> a = _mixture.Covariance(k) * (Level.Alpha * Level.Alpha);
        for (int i = 0; i < _d; i++)
            a[i, i] += Level.Variance;

        Cholesky<double> cholesky;
        try
        {
            cholesky = a.Cholesky();
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"Component {k} has no density: its covariance is singular and there is too little noise; ask at a later time.",
                nameof(k),
                exception);
        }

        _factors[k] = cholesky.Factor.ToRowMajorArray();
        _offsets[k] = Math.Log(_mixture.Weights[k]) - (0.5 * cholesky.DeterminantLn);
    }
}
