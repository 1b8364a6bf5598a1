namespace Kelvin.Diffusion;

/// <summary>Makes the times that a sampler steps through, from noise to data.</summary>
public static class TimeGrid
{
    /// <summary>Times at equal distances.</summary>
    /// <param name="from">Where sampling begins, above <paramref name="to"/>.</param>
    /// <param name="to">Where it ends, ≥ 0.</param>
    /// <param name="steps">Number of steps, ≥ 1.</param>
    /// <returns>steps + 1 times, falling; the first and the last are exactly the ends.</returns>
    public static double[] Uniform(double from, double to, int steps) => Power(from, to, steps, 1);

    /// <summary>Times whose ρ-th roots are at equal distances: for ρ > 1 the steps get shorter towards the data.</summary>
    /// <param name="from">Where sampling begins, above <paramref name="to"/>.</param>
    /// <param name="to">Where it ends, ≥ 0.</param>
    /// <param name="steps">Number of steps, ≥ 1.</param>
    /// <param name="exponent">ρ > 0; 1 is uniform, 7 is the choice of Karras et al., arXiv 2206.00364.</param>
    public static double[] Power(double from, double to, int steps, double exponent)
    {
        Require.Positive(from);
        Require.Between(to, 0, Math.BitDecrement(from));
        Require.Positive(steps);
        Require.Positive(exponent);

        double first = Math.Pow(from, 1 / exponent);
        double last = Math.Pow(to, 1 / exponent);
        double[] times = new double[steps + 1];
        for (int i = 0; i < times.Length; i++)
            times[i] = exponent == 1 ? from + ((to - from) * i / steps) : Math.Pow(first + ((last - first) * i / steps), exponent);
        times[0] = from;
        times[^1] = to;
        return times;
    }

    internal static void Check(ReadOnlySpan<double> times)
    {
        Require.That(times.Length >= 2, "times holds fewer than two times, but a sampler needs at least one step.", nameof(times));
        for (int i = 1; i < times.Length; i++)
            Require.That(times[i] < times[i - 1], $"times[{i}] is {times[i]}, but must be below the one before.", nameof(times));
        Require.Between(times[^1], 0, times[0]);
    }
}
