using Kelvin.Statistics;

namespace Kelvin.Diffusion;

/// <summary>How an error falls with the number of examples: error ≈ c·n^slope.</summary>
/// <param name="Slope">Slope of log error against log n by least squares, on the means of the logs over seeds.</param>
/// <param name="Interval">Its interval, from drawing the seeds anew.</param>
public readonly record struct ScalingLaw(double Slope, Interval Interval)
{
    /// <summary>Fits the law.</summary>
    /// <param name="sizes">n of each column, at least two different ones, > 0.</param>
    /// <param name="errors">One row for each seed, the errors at each size; > 0.</param>
    /// <param name="options">How the seeds are drawn anew.</param>
    /// <returns>NaN where an error is 0 or not finite.</returns>
    /// <remarks>A seed's errors at all sizes stay together, as they may share test points. With one seed the interval is NaN.</remarks>
    /// <exception cref="ArgumentException">There are fewer than two sizes, no seed, or rows of another length.</exception>
    public static ScalingLaw Fit(IReadOnlyList<double> sizes, IReadOnlyList<double[]> errors, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(errors);
        Require.That(sizes.Distinct().Count() >= 2, "A slope needs at least two different sizes.", nameof(sizes));
        Require.That(sizes.All(size => size > 0), "A size is not above 0.", nameof(sizes));
        Require.That(errors.Count > 0, "There is no seed.", nameof(errors));
        Require.That(errors.All(row => row.Length == sizes.Count), "Each seed needs one error for each size.", nameof(errors));

        double[] x = [.. sizes.Select(size => Math.Log(size))];
        double[] slopes = [.. errors.Select(row => SlopeOf(x, row))];
        return new ScalingLaw(slopes.Average(), Bootstrap.Mean(slopes, options));
    }

    /// <summary>Least squares is linear in log error: the slope of the mean is the mean of the slopes.</summary>
    private static double SlopeOf(double[] x, double[] errors)
    {
        double[] y = Array.ConvertAll(errors, error => error > 0 ? Math.Log(error) : double.NaN);
        return MathNet.Numerics.Fit.Line(x, y).B;
    }
}
