using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Kelvin.Statistics;

/// <summary>Reads an interval off resampled statistics.</summary>
internal static class BootstrapEnds
{
    /// <summary>Percentile interval, or the bias-corrected one if the statistics with one row left out are given. Sorts the resamples.</summary>
    public static Interval Read(double estimate, double[] resampled, double[]? leftOut, double level)
    {
        if (double.IsNaN(estimate) || Array.Exists(resampled, double.IsNaN))
            return new Interval(double.NaN, double.NaN, level);

        Array.Sort(resampled);
        double low = (1 - level) / 2;
        double high = (1 + level) / 2;
        if (leftOut is not null)
        {
            double bias = Bias(estimate, resampled);
            double acceleration = Acceleration(leftOut);
            low = Move(low, bias, acceleration);
            high = Move(high, bias, acceleration);
        }

        return new Interval(
            SortedArrayStatistics.QuantileCustom(resampled, low, QuantileDefinition.R7),
            SortedArrayStatistics.QuantileCustom(resampled, high, QuantileDefinition.R7),
            level);
    }

    /// <summary>z₀ = Φ⁻¹(share of resamples below the estimate, ties half), the share kept half a resample away from 0 and 1.</summary>
    private static double Bias(double estimate, double[] sorted)
    {
        double below = 0;
        foreach (double value in sorted)
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        double share = Math.Clamp(below / sorted.Length, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length));
        return Normal.InvCDF(0, 1, share);
    }

    /// <summary>a = Σd³/(6(Σd²)^1.5) of d = mean of the leave-one-out statistics − each of them; 0 if they are all the same.</summary>
    private static double Acceleration(double[] leftOut)
    {
        double mean = Moments.Of(leftOut).Mean;
        double squares = 0;
        double cubes = 0;
        foreach (double value in leftOut)
        {
            double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }

    private static double Move(double quantile, double bias, double acceleration)
    {
        double z = bias + Normal.InvCDF(0, 1, quantile);
        double scale = 1 - (acceleration * z);
        if (scale <= 0)
            return z > 0 ? 1 : 0;
        return Normal.CDF(0, 1, bias + (z / scale));
    }
}
