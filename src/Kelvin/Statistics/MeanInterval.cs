namespace Kelvin.Statistics;

/// <summary>Intervals for a mean, from independent values.</summary>
public static class MeanInterval
{
    /// <summary>Covers the mean of the distribution that the values come from.</summary>
    /// <param name="values">Independent values, shape [n].</param>
    /// <param name="level">Confidence, between 0 and 1.</param>
    /// <returns>x̄ ± t s/√n, t the (1 + level)/2 quantile of Student's t with n − 1 degrees of freedom; NaN ends for n &lt; 2.</returns>
    /// <remarks>Exact for normal values; near enough for others once n is a few dozen. NaN in a value makes both ends NaN.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static Interval StudentT(ReadOnlySpan<double> values, double level = 0.95) => StudentT(Moments.Of(values), level);

    /// <summary>Covers the mean of the distribution that the gathered values come from.</summary>
    /// <param name="moments">Count, mean and variance of independent values.</param>
    /// <param name="level">Confidence, between 0 and 1.</param>
    /// <returns>x̄ ± t s/√n, t the (1 + level)/2 quantile of Student's t with n − 1 degrees of freedom; NaN ends for n &lt; 2.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static Interval StudentT(in Moments moments, double level = 0.95)
    {
        Require.Level(level);
        if (moments.Count < 2)
            return new Interval(double.NaN, double.NaN, level);

        double half = MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, moments.Count - 1, (1 + level) / 2) * moments.StandardError;
        return new Interval(moments.Mean - half, moments.Mean + half, level);
    }

    /// <summary>Covers the mean of first − second, where the two values at a place belong together (same seed, same row).</summary>
    /// <param name="first">Shape [n].</param>
    /// <param name="second">Shape [n].</param>
    /// <param name="level">Confidence, between 0 and 1.</param>
    /// <returns>Student's interval of the differences; NaN ends for n &lt; 2.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the level is not between 0 and 1.</exception>
    public static Interval PairedDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        Require.Length(second, first.Length);
        var moments = new Moments();
        for (int i = 0; i < first.Length; i++)
            moments.Add(first[i] - second[i]);
        return StudentT(moments, level);
    }
}
