using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>The squared maximum mean discrepancy MMD² between two samples under k(x, y) = exp(−‖x − y‖²/(2h²)).</summary>
/// <param name="Biased">Means over all pairs: at least 0.</param>
/// <param name="Unbiased">Without the pairs of a point with itself: 0 on average for two samples of one law, so it may be negative; NaN for one point.</param>
/// <remarks>Source: Gretton et al., JMLR 13 (2012).</remarks>
public readonly record struct MeanDiscrepancy(double Biased, double Unbiased)
{
    /// <summary>Computes both estimates.</summary>
    /// <param name="a">Shape n × d, n ≥ 1.</param>
    /// <param name="b">Shape m × d, m ≥ 1.</param>
    /// <param name="bandwidth">h > 0, in the points' unit.</param>
    /// <remarks>NaN in a point makes both NaN. Cost: (n + m)²/2 kernels.</remarks>
    /// <exception cref="ArgumentException">A sample is empty, the numbers of coordinates differ, or h is not finite and above 0.</exception>
    public static MeanDiscrepancy Between(ReadOnlyMatrixView<double> a, ReadOnlyMatrixView<double> b, double bandwidth)
    {
        SamplePairs.Check(a, b);
        Require.Positive(bandwidth);
        PairFunction kernel = (x, y) =>
        {
            double distance = TensorPrimitives.Distance(x, y) / bandwidth;
            return Math.Exp(-0.5 * distance * distance);
        };

        double across = 2 * SamplePairs.MeanAcross(a, b, kernel);
        double othersA = SamplePairs.MeanOfOthers(a, kernel);
        double othersB = SamplePairs.MeanOfOthers(b, kernel);
        return new MeanDiscrepancy(WithItself(a.Rows, othersA) + WithItself(b.Rows, othersB) - across, othersA + othersB - across);
    }

    /// <summary>The mean over all pairs from that over different ones, as k(x, x) = 1.</summary>
    private static double WithItself(int n, double others) => n == 1 ? 1 : (1 + ((n - 1) * others)) / n;
}
