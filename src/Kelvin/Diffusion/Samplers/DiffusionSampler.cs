using System.Numerics;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Diffusion;

/// <summary>Turns noise into samples by stepping back through a grid of times.</summary>
/// <remarks>Same model, start, grid, options and seed: same samples to the bit.</remarks>
public static class DiffusionSampler
{
    /// <summary>Draws the start of sampling, N(0, σ² + α²·variance of the data) coordinate by coordinate, the Gaussian nearest to p_t.</summary>
    /// <param name="level">The noise at the first time of the grid.</param>
    /// <param name="points">Filled; shape n × d.</param>
    /// <param name="seed">Same seed, same points.</param>
    /// <param name="dataVariance">Variance of a coordinate of the data; 0 starts from noise alone, and 1 from N(0, 1) for a VP process.</param>
    public static void Start<T>(in NoiseLevel level, MatrixView<T> points, int seed, double dataVariance = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Between(dataVariance, 0, double.MaxValue);
        double size = Math.Sqrt(level.Variance + (level.Alpha * level.Alpha * dataVariance));
        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        for (int i = 0; i < points.Rows; i++)
        {
            Span<T> row = points.Row(i);
            GaussianNoise.Fill(random, row);
            LinearCombination.Of<T>(size, row, 0, row, row);
        }
    }

    /// <summary>Moves points from the first time of a grid to its last.</summary>
    /// <param name="process">The forward process.</param>
    /// <param name="model">Its score.</param>
    /// <param name="times">Falling times, at least two, such as from <see cref="TimeGrid"/>.</param>
    /// <param name="points">x at the first time on entry, x at the last on return; shape n × d, rows without a gap.</param>
    /// <param name="options">Which sampler; Heun's by default.</param>
    /// <param name="seed">Decides the fresh noise of the stochastic samplers.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <remarks>
    /// <para>Cost: one score of the batch a step; two for Heun; one more for each correction. A Heun step that ends where σ = 0 is an Euler step
    /// if the model has no score there, and the corrector leaves that time out.</para>
    /// <para>NaN and ±∞ flow through. Allocates four batches, once.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit, or the times do not fall within the process.</exception>
    public static void Run<T>(
        ForwardProcess process,
        IScoreModel<T> model,
        ReadOnlySpan<double> times,
        MatrixView<T> points,
        SamplerOptions? options = null,
        int seed = 0,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(model);
        options ??= new SamplerOptions();
        options.Check();
        TimeGrid.Check(times);
        Require.That(points.Columns == model.Dimensions, $"points have {points.Columns} columns, but the model has {model.Dimensions}.", nameof(points));
        Require.That(points.IsContiguous, "points has gaps between its rows; copy it to a matrix without any.", nameof(points));

        var run = new SamplerRun<T>(process, model, options, points, seed);
        for (int i = 1; i < times.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Step(times[i - 1], times[i], isLast: i == times.Length - 1);
        }
    }
}
