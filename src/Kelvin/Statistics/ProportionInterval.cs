using MathNet.Numerics.Distributions;

namespace Kelvin.Statistics;

/// <summary>Intervals for a proportion, such as an accuracy, from independent yes-or-no outcomes.</summary>
public static class ProportionInterval
{
    /// <summary>Covers the probability of success.</summary>
    /// <param name="successes">Outcomes that were a success, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Outcomes in all, n.</param>
    /// <param name="level">Confidence, between 0 and 1.</param>
    /// <returns>(p̂ + z²/2n ± z√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n), inside [0, 1]; NaN ends for no trials.</returns>
    /// <remarks>
    /// <para>Coverage is near the level on average over p for n ≥ 10 and, unlike p̂ ± z·s, does not collapse at p̂ = 0 or 1.</para>
    /// <para>Source: Wilson, JASA 22 (1927); Brown, Cai and DasGupta, Statistical Science 16 (2001).</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The counts do not fit, or the level is not between 0 and 1.</exception>
    public static Interval Wilson(long successes, long trials, double level = 0.95)
    {
        Require.Level(level);
        Require.That(successes >= 0 && successes <= trials, $"{successes} successes do not fit {trials} trials.", nameof(successes));
        if (trials == 0)
            return new Interval(double.NaN, double.NaN, level);

        double n = trials;
        double z = Normal.InvCDF(0, 1, (1 + level) / 2);
        double share = successes / n;
        double centre = share + (z * z / (2 * n));
        double half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        double scale = 1 + (z * z / n);
        double low = successes == 0 ? 0 : (centre - half) / scale;
        double high = successes == trials ? 1 : (centre + half) / scale;
        return new Interval(low, high, level);
    }
}
