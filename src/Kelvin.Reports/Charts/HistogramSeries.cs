namespace Kelvin.Reports.Charts;

/// <summary>One distribution in bins.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Edges">The edges of the bins, increasing; one more than <paramref name="Counts"/>.</param>
/// <param name="Counts">How much fell into each bin: counts, shares or densities.</param>
public sealed record HistogramSeries(string Name, IReadOnlyList<double> Edges, IReadOnlyList<double> Counts)
{
    /// <summary>The colour; null: by the name if it is an activation's, else by order.</summary>
    public ChartColor? Color { get; init; }

    /// <summary>Sorts values into bins of equal width between their smallest and largest.</summary>
    /// <param name="name">What the distribution is.</param>
    /// <param name="values">The values; NaN and ±∞ are left out. Without finite values all counts are 0 over [0, 1].</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public static HistogramSeries Of(string name, IReadOnlyList<double> values, int bins)
    {
        Require.AtLeast(bins, 1);
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Length == 0 ? 0 : finite.Min();
        double high = finite.Length == 0 ? 1 : finite.Max();
        if (low == high)
            (low, high) = (low - 0.5, high + 0.5);

        double width = (high - low) / bins;
        double[] counts = new double[bins];
        foreach (double value in finite)
            counts[Math.Clamp((int)((value - low) / width), 0, bins - 1)]++;
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? high : low + (i * width))];
        return new HistogramSeries(name, edges, counts);
    }
}
