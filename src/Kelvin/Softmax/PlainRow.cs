using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The softmax of one row by plain loops in double: the formulas and nothing else.</summary>
internal static class PlainRow
{
    /// <summary>M, or NaN for a row with NaN or +∞ in it, or −∞ for a row of nothing but −∞.</summary>
    public static double Max<T>(ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = double.NegativeInfinity;
        foreach (T value in z)
            max = Math.Max(max, double.CreateTruncating(value));
        return double.IsPositiveInfinity(max) ? double.NaN : max;
    }

    /// <summary>The moments of a row whose maximum is finite.</summary>
    public static RowMoments Moments<T>(ReadOnlySpan<T> z, double max, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var row = new RowMoments { Max = max, Second = double.NegativeInfinity, ArgMax = -1 };
        double weighted = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double value = double.CreateTruncating(z[i]);
            if (double.IsNegativeInfinity(value))
                continue;
            row.Unmasked++;
            row.Ties += value == max ? 1 : 0;
            if (value == max && row.ArgMax < 0)
            {
                row.ArgMax = i;
                continue;
            }

            row.Second = Math.Max(row.Second, value);
            double d = Distance(value, max, temperature);
            double e = Math.Exp(d);
            row.Tail += e;
            row.TailSquares += e * e;
            weighted += e == 0 ? 0 : e * d;
        }

        row.Mean = weighted / (1 + row.Tail);
        foreach (T value in z)
        {
            double d = Distance(double.CreateTruncating(value), max, temperature);
            double e = Math.Exp(d);
            row.SquaredDeviations += e == 0 ? 0 : e * (d - row.Mean) * (d - row.Mean);
        }

        return row;
    }

    /// <summary>d = (z − M)/T; halved first, so that the difference of two finite numbers cannot overflow.</summary>
    public static double Distance(double z, double max, double temperature) => ((0.5 * z) - (0.5 * max)) / temperature * 2;
}
