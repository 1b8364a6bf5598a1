using System.Numerics.Tensors;

namespace Kelvin.Statistics;

/// <summary>Bounds on the mean of bounded values that hold with a given probability for every law, however few the values.</summary>
/// <remarks>
/// <para>Needs independent values of one law, all between two bounds known beforehand; nothing else. Two bounds on one mean need the level split.</para>
/// <para>Sources: Waudby-Smith and Ramdas, J. R. Stat. Soc. B 86 (2024), for betting; Maurer and Pontil, COLT 2009, for the other.</para>
/// </remarks>
public static class MeanBound
{
    /// <summary>An upper bound by betting: the least mean against which a gambler's stake would have grown 1/(1 − level)-fold.</summary>
    /// <param name="values">Independent values, shape [n]; scaled to y from 0 to 1 by the bounds.</param>
    /// <param name="low">Every value is at least this.</param>
    /// <param name="high">Every value is at most this, above <paramref name="low"/>.</param>
    /// <param name="level">1 − α, between 0 and 1.</param>
    /// <returns>U with P(mean ≤ U) ≥ level; <paramref name="high"/> for n = 0; NaN where a value is NaN.</returns>
    /// <remarks>
    /// <para>For each m the stake Πᵢ(1 + λᵢ(m − yᵢ)) is a martingale if the mean is m, as λᵢ ≤ 1/(1 − m) depends on earlier values only; by Ville's
    /// inequality it ever reaches 1/α with probability at most α. It rises with m, so that the bound is found by halving.</para>
    /// <para>λᵢ = min(√(2 log(1/α)/(n·v)), 1/(1 − m)), v the variance of the values before. So U − mean ≈ √(2v log(1/α)/n) + log(1/α)/n in units of
    /// high − low: a wide range costs little where large values are rare.</para>
    /// <para>Cost: about 50 n logarithms. The order of the values matters within that error; do not sort them. An unlucky order may refute the values' own
    /// mean; the bound is then that mean, which only widens it.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">A value lies outside the bounds, the bounds are not in order, or the level is not between 0 and 1.</exception>
    public static double Upper(ReadOnlySpan<double> values, double low, double high, double level = 0.95)
    {
        if (!Check(values, low, high, level))
            return double.NaN;
        if (values.IsEmpty)
            return high;

        double[] y = new double[values.Length];
        for (int i = 0; i < y.Length; i++)
            y[i] = (values[i] - low) / (high - low);
        return Math.Max(TensorPrimitives.Average<double>(values), low + ((high - low) * UpperOfShares(y, Math.Log(1 / (1 - level)))));
    }

    /// <summary>A lower bound by betting: <see cref="Upper"/> of the values turned round.</summary>
    /// <param name="values">Independent values, shape [n].</param>
    /// <param name="low">Every value is at least this.</param>
    /// <param name="high">Every value is at most this, above <paramref name="low"/>.</param>
    /// <param name="level">1 − α, between 0 and 1.</param>
    /// <returns>L with P(mean ≥ L) ≥ level; <paramref name="low"/> for n = 0; NaN where a value is NaN.</returns>
    /// <exception cref="ArgumentException">A value lies outside the bounds, the bounds are not in order, or the level is not between 0 and 1.</exception>
    public static double Lower(ReadOnlySpan<double> values, double low, double high, double level = 0.95)
    {
        double[] turned = new double[values.Length];
        for (int i = 0; i < turned.Length; i++)
            turned[i] = -values[i];
        return -Upper(turned, -high, -low, level);
    }

    /// <summary>The empirical Bernstein bound x̄ + √(2 v log(2/α)/n) + 7(high − low) log(2/α)/(3(n − 1)): simpler and wider than <see cref="Upper"/>.</summary>
    /// <param name="values">Independent values, shape [n].</param>
    /// <param name="low">Every value is at least this.</param>
    /// <param name="high">Every value is at most this, above <paramref name="low"/>.</param>
    /// <param name="level">1 − α, between 0 and 1.</param>
    /// <returns>U with P(mean ≤ U) ≥ level, at most <paramref name="high"/>, which it is for n &lt; 2; NaN where a value is NaN.</returns>
    /// <exception cref="ArgumentException">A value lies outside the bounds, the bounds are not in order, or the level is not between 0 and 1.</exception>
    public static double BernsteinUpper(ReadOnlySpan<double> values, double low, double high, double level = 0.95)
    {
        if (!Check(values, low, high, level))
            return double.NaN;
        if (values.Length < 2)
            return high;

        Moments moments = Moments.Of(values);
        double log = Math.Log(2 / (1 - level));
        double slack = Math.Sqrt(2 * moments.Variance * log / values.Length) + (7 * (high - low) * log / (3.0 * (values.Length - 1)));
        return Math.Min(high, moments.Mean + slack);
    }

    private static bool Check(ReadOnlySpan<double> values, double low, double high, double level)
    {
        Require.Level(level);
        Require.That(low < high && double.IsFinite(high - low), "The bounds must be finite, the lower below the upper.", nameof(low));
        bool isNumber = true;
        foreach (double value in values)
        {
            isNumber &= !double.IsNaN(value);
            Require.That(
                !(value < low || value > high),
                $"The value {value} is not from {low} to {high}; the bound would not hold.",
                nameof(values));
        }

        return isNumber;
    }

    private static double UpperOfShares(double[] y, double target)
    {
        double[] bets = Bets(y, target);
        double below = 0;
        double above = 1;
        while (above - below > 1e-12 && above - below > 1e-9 * above)
        {
            double m = 0.5 * (below + above);
            if (IsRefuted(y, bets, m, target))
                above = m;
            else
                below = m;
        }

        return above;
    }

    /// <summary>√(2 log(1/α)/(n·v)), v from the values before each.</summary>
    private static double[] Bets(double[] y, double target)
    {
        const double PriorSquares = 1.0 / 64;   // counts as one value; any constant keeps the bound valid
        double[] bets = new double[y.Length];
        var seen = new Moments();
        double squares = PriorSquares;
        for (int i = 0; i < y.Length; i++)
        {
            bets[i] = Math.Sqrt(2 * target * (i + 1) / (y.Length * squares));
            double meanBefore = i == 0 ? y[i] : seen.Mean;
            seen.Add(y[i]);
            squares += (y[i] - meanBefore) * (y[i] - seen.Mean);
        }

        return bets;
    }

    private static bool IsRefuted(double[] y, double[] bets, double m, double target)
    {
        double most = 1 / (1 - m);
        double log = 0;
        for (int i = 0; i < y.Length; i++)
        {
            log += Math.Log(1 + (Math.Min(bets[i], most) * (m - y[i])));
            if (log >= target)
                return true;
        }

        return false;
    }
}
