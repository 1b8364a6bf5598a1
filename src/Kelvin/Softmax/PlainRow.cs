using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The softmax of one row by plain loops in double: for temperatures near the ends of T's range, where 1/T or T² would leave it,
/// and for label smoothing over a masked row.</summary>
internal static class PlainRow
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>d = (z − M)/T; halved first, so that the difference of two finite numbers cannot overflow.</summary>
    public static double Distance(double z, double max, double temperature) => ((0.5 * z) - (0.5 * max)) / temperature * 2;

    /// <summary>The moments of a row whose maximum is finite; entry after entry, each a block of its own.</summary>
    public static RowMoments Moments<T>(ReadOnlySpan<T> z, double max, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var row = new RowMoments(max);
        for (int i = 0; i < z.Length; i++)
        {
            double value = double.CreateTruncating(z[i]);
            row.Unmasked += double.IsNegativeInfinity(value) ? 0 : 1;
            row.Ties += value == max ? 1 : 0;
            if (value == max && row.ArgMax < 0)
            {
                row.ArgMax = i;
                continue;
            }

            double d = Distance(value, max, temperature);
            double e = Math.Exp(d);
            row.Second = Math.Max(row.Second, value);
            row.TryMerge(new RowSums<double> { Sum = e, Squares = e * e }, d * Log2E);
        }

        return row;
    }

    /// <summary>p = exp(d)/s.</summary>
    public static void Probabilities<T>(ReadOnlySpan<T> z, double max, double temperature, Span<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double s = 1 + Moments(z, max, temperature).Tail;
        for (int i = 0; i < z.Length; i++)
            p[i] = T.CreateTruncating(Math.Exp(Distance(double.CreateTruncating(z[i]), max, temperature)) / s);
    }

    /// <summary>log p = d − log s.</summary>
    public static void LogProbabilities<T>(ReadOnlySpan<T> z, double max, double temperature, Span<T> logP)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double logS = NearZero.LogOnePlus(Moments(z, max, temperature).Tail);
        for (int i = 0; i < z.Length; i++)
            logP[i] = T.CreateTruncating(Distance(double.CreateTruncating(z[i]), max, temperature) - logS);
    }

    /// <summary>The cross-entropy with smoothed labels; its gradient times <paramref name="weight"/> goes to <paramref name="dZ"/>.</summary>
    public static double CrossEntropy<T>(
        ReadOnlySpan<T> z, double max, int label, double temperature, double smoothing, double weight, Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowMoments row = Moments(z, max, temperature);
        double each = smoothing / (z.Length - z.Count(T.NegativeInfinity));
        double labelDistance = Distance(double.CreateTruncating(z[label]), max, temperature);
        double spread = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double d = Distance(double.CreateTruncating(z[i]), max, temperature);
            bool isMasked = double.IsNegativeInfinity(d);
            spread += isMasked ? 0 : each * d;
            double miss = i == label && i == row.ArgMax
                ? smoothing - (row.Tail / (1 + row.Tail))
                : (Math.Exp(d) / (1 + row.Tail)) - (i == label ? 1 - smoothing : 0);
            dZ[i] = isMasked ? T.Zero : T.CreateTruncating((miss - each) * weight / temperature);
        }

        double hard = smoothing < 1 ? (1 - smoothing) * labelDistance : 0;
        return double.IsNaN(row.Tail) ? double.NaN : NearZero.LogOnePlus(row.Tail) - hard - spread;
    }
}
