using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>The operations on one row, for float and double alike; the caller has checked the arguments.</summary>
internal static class Row
{
    public static void Probabilities<T>(ReadOnlySpan<T> z, double temperature, Span<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Forward(z, temperature, p);

    public static SoftmaxStatistics Forward<T>(ReadOnlySpan<T> z, double temperature, Span<T> p)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = PlainRow.Max(z);
        if (!double.IsFinite(max))
        {
            p.Fill(T.CreateTruncating(double.IsNaN(max) ? max : 0));
            return double.IsNaN(max) ? SoftmaxStatistics.NotANumber : SoftmaxStatistics.FullyMasked;
        }

        RowMoments row = PlainRow.Moments(z, max, temperature);
        for (int i = 0; i < z.Length; i++)
            p[i] = T.CreateTruncating(Math.Exp(PlainRow.Distance(double.CreateTruncating(z[i]), max, temperature)) / (1 + row.Tail));
        return row.ToStatistics(temperature);
    }

    public static SoftmaxStatistics Statistics<T>(ReadOnlySpan<T> z, double temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = PlainRow.Max(z);
        if (!double.IsFinite(max))
            return double.IsNaN(max) ? SoftmaxStatistics.NotANumber : SoftmaxStatistics.FullyMasked;
        return PlainRow.Moments(z, max, temperature).ToStatistics(temperature);
    }

    public static void LogProbabilities<T>(ReadOnlySpan<T> z, double temperature, Span<T> logP)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = PlainRow.Max(z);
        if (!double.IsFinite(max))
        {
            logP.Fill(T.CreateTruncating(max));
            return;
        }

        double logS = NearZero.LogOnePlus(PlainRow.Moments(z, max, temperature).Tail);
        for (int i = 0; i < z.Length; i++)
            logP[i] = T.CreateTruncating(PlainRow.Distance(double.CreateTruncating(z[i]), max, temperature) - logS);
    }

    public static void Backward<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> dP, double temperature, Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double dot = 0;
        for (int i = 0; i < p.Length; i++)
            dot += double.CreateTruncating(p[i]) * double.CreateTruncating(dP[i]);
        for (int i = 0; i < p.Length; i++)
            dZ[i] = T.CreateTruncating(double.CreateTruncating(p[i]) * (double.CreateTruncating(dP[i]) - dot) / temperature);
    }

    public static void LogBackward<T>(ReadOnlySpan<T> logP, ReadOnlySpan<T> g, double temperature, Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        foreach (T value in g)
            sum += double.CreateTruncating(value);
        for (int i = 0; i < g.Length; i++)
            dZ[i] = T.CreateTruncating((double.CreateTruncating(g[i]) - (Math.Exp(double.CreateTruncating(logP[i])) * sum)) / temperature);
    }

    /// <summary>The loss of one row; its gradient times <paramref name="weight"/> goes to <paramref name="dZ"/>.</summary>
    public static double CrossEntropy<T>(
        ReadOnlySpan<T> z, int label, double temperature, double smoothing, double weight, Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = PlainRow.Max(z);
        if (!double.IsFinite(max))
        {
            dZ.Fill(T.NaN);
            return double.NaN;
        }

        RowMoments row = PlainRow.Moments(z, max, temperature);
        double sumD = 0;
        double labelD = PlainRow.Distance(double.CreateTruncating(z[label]), max, temperature);
        double each = smoothing / row.Unmasked;
        for (int i = 0; i < z.Length; i++)
        {
            double d = PlainRow.Distance(double.CreateTruncating(z[i]), max, temperature);
            bool isMasked = double.IsNegativeInfinity(d);
            sumD += isMasked ? 0 : d;
            double target = each + (i == label ? 1 - smoothing : 0);
            dZ[i] = isMasked ? T.Zero : T.CreateTruncating(((Math.Exp(d) / (1 + row.Tail)) - target) * weight / temperature);
        }

        double hard = smoothing < 1 ? (1 - smoothing) * labelD : 0;
        return NearZero.LogOnePlus(row.Tail) - hard - (each * sumD);
    }
}
