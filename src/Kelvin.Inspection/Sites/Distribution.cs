using MathNet.Numerics.Statistics;

namespace Kelvin.Inspection.Sites;

/// <summary>How a statistic is spread over rows.</summary>
/// <param name="Count">Rows with a finite value; all others are left out.</param>
/// <param name="Mean">Mean; NaN without rows, like everything below.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Low">5 % of the rows lie below.</param>
/// <param name="Median">Half of the rows lie below.</param>
/// <param name="High">5 % of the rows lie above.</param>
/// <param name="Max">Largest value.</param>
public readonly record struct Distribution(int Count, double Mean, double Min, double Low, double Median, double High, double Max)
{
    /// <summary>Describes values; O(n log n).</summary>
    public static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return new Distribution(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        return new Distribution(
            sorted.Length,
            sorted.Average(),
            sorted[0],
            SortedArrayStatistics.Quantile(sorted, 0.05),
            SortedArrayStatistics.Median(sorted),
            SortedArrayStatistics.Quantile(sorted, 0.95),
            sorted[^1]);
    }
}
