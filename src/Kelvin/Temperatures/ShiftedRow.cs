using System.Numerics;

namespace Kelvin.Temperatures;

/// <summary>z − max z in double: with a largest logit of 0, log-sum-exp and mean cancel nothing, however far from 0 the logits were.</summary>
internal static class ShiftedRow
{
    /// <summary>Writes d = z − max z and returns max z; a row with NaN, +∞ or nothing but −∞ becomes NaN.</summary>
    public static double Write<T>(ReadOnlySpan<T> logits, Span<double> d)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double max = double.NegativeInfinity;
        foreach (T z in logits)
            max = Math.Max(max, double.CreateTruncating(z));
        if (!double.IsFinite(max))
        {
            d.Fill(double.NaN);
            return double.NaN;
        }

        for (int i = 0; i < d.Length; i++)
            d[i] = double.CreateTruncating(logits[i]) - max;
        return max;
    }
}
