namespace Kelvin.Statistics;

/// <summary>Intervals by drawing rows anew, with replacement, from the rows at hand.</summary>
/// <remarks>
/// <para>Needs independent rows and a statistic that changes smoothly with them. With few rows (n &lt; 20) coverage falls short of the level.</para>
/// <para>Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 14.</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>Covers what the statistic would be on endlessly many rows.</summary>
    /// <param name="rows">Number of rows at hand, n.</param>
    /// <param name="statistic">Statistic of the rows it is given; is given 0 … n − 1 first.</param>
    /// <param name="options">How to resample.</param>
    /// <returns>NaN ends for n &lt; 2, and where the statistic is NaN on the rows at hand or on a resample.</returns>
    /// <remarks>Cost: Resamples + 1 evaluations, and at most 500 more for <see cref="BootstrapKind.BiasCorrected"/>.</remarks>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Interval Estimate(int rows, ResampleStatistic statistic, BootstrapOptions? options = null)
    {
        options ??= new BootstrapOptions();
        options.Check();
        if (rows < 2)
            return new Interval(double.NaN, double.NaN, options.Level);

        return JointResamples.Draw(rows, [statistic], options).Of(0, options.Kind);
    }

    /// <summary>Covers the mean of the distribution that the values come from.</summary>
    /// <param name="values">Independent values, shape [n].</param>
    /// <param name="options">How to resample.</param>
    /// <returns>NaN ends for n &lt; 2, and where a value is NaN.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Interval Mean(ReadOnlySpan<double> values, BootstrapOptions? options = null)
    {
        double[] kept = values.ToArray();
        return Estimate(kept.Length, rows => MeanOf(kept, rows), options);
    }

    /// <summary>Covers the mean of first − second, where the two values at a place belong together (same seed, same row).</summary>
    /// <param name="first">Shape [n].</param>
    /// <param name="second">Shape [n].</param>
    /// <param name="options">How to resample; pairs are drawn, never the two halves apart.</param>
    /// <returns>NaN ends for n &lt; 2, and where a value is NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or an option is out of range.</exception>
    public static Interval PairedDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, BootstrapOptions? options = null)
    {
        Require.Length(second, first.Length);
        double[] differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
            differences[i] = first[i] - second[i];
        return Estimate(differences.Length, rows => MeanOf(differences, rows), options);
    }

    private static double MeanOf(double[] values, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
            sum += values[row];
        return sum / rows.Length;
    }
}
