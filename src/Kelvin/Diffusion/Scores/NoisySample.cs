using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>Examples from which the score at one time is learnt: noisy observations x_t = α x₀ + σ ε and what noise is in them.</summary>
/// <param name="Level">The noise that was added.</param>
/// <param name="Points">x_t, shape n × d.</param>
/// <param name="NoisyLabels">ε, shape n × d: all that real data give.</param>
/// <param name="CleanLabels">E[ε | x_t], shape n × d: known for a mixture only; empty for data.</param>
public sealed record NoisySample(
    NoiseLevel Level, ReadOnlyMatrixView<double> Points, ReadOnlyMatrixView<double> NoisyLabels, ReadOnlyMatrixView<double> CleanLabels)
{
    /// <summary>n.</summary>
    public int Rows => Points.Rows;

    /// <summary>Draws examples from a mixture, with both kinds of label.</summary>
    /// <param name="mixture">p₀.</param>
    /// <param name="level">The noise to add; σ > 0.</param>
    /// <param name="rows">n ≥ 1.</param>
    /// <param name="seed">Same seed, same examples.</param>
    public static NoisySample Draw(GaussianMixture mixture, in NoiseLevel level, int rows, int seed)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        Require.Positive(rows);
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        MatrixView<double> points = MatrixView.Allocate<double>(rows, mixture.Dimensions);
        mixture.Sample(random, points);
        NoisySample sample = AddNoise(points, level, random);
        MatrixView<double> clean = MatrixView.Allocate<double>(rows, mixture.Dimensions);
        mixture.At(level).Noise(sample.Points, clean);
        return sample with { CleanLabels = clean };
    }

    /// <summary>Adds noise to data.</summary>
    /// <param name="data">x₀, shape n × d, n ≥ 1.</param>
    /// <param name="level">The noise to add; σ > 0.</param>
    /// <param name="seed">Same seed, same noise.</param>
    public static NoisySample FromData(ReadOnlyMatrixView<double> data, in NoiseLevel level, int seed) =>
        AddNoise(data, level, new Xoshiro256StarStar(seed, threadSafe: false));

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1.</summary>
    public NoisySample Range(int start, int count) => this with
    {
        Points = Points.RowRange(start, count),
        NoisyLabels = NoisyLabels.RowRange(start, count),
        CleanLabels = CleanLabels.Rows == 0 ? default : CleanLabels.RowRange(start, count),
    };

    private static NoisySample AddNoise(ReadOnlyMatrixView<double> data, in NoiseLevel level, Random random)
    {
        Require.Positive(data.Rows, nameof(data));
        Require.Positive(level.Variance, nameof(level));
        MatrixView<double> points = MatrixView.Allocate<double>(data.Rows, data.Columns);
        MatrixView<double> noise = MatrixView.Allocate<double>(data.Rows, data.Columns);
        for (int i = 0; i < data.Rows; i++)
        {
            GaussianNoise.Fill(random, noise.Row(i));
            LinearCombination.Of(level.Alpha, data.Row(i), level.Sigma, noise.Row(i), points.Row(i));
        }

        return new NoisySample(level, points, noise, default);
    }
}
