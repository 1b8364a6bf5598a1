using Kelvin.Statistics;

namespace Kelvin.Cli.Lab.Tune;

/// <summary>What <c>kelvin lab tune</c> found.</summary>
/// <param name="Plan">What was searched.</param>
/// <param name="IsBenchmark">Whether several data sets and seeds were compared with the grid.</param>
/// <param name="Note">A word on the data sets; empty for none.</param>
/// <param name="Outcomes">One a data set and seed.</param>
internal sealed record TuneResult(TunePlan Plan, bool IsBenchmark, string Note, IReadOnlyList<TuneOutcome> Outcomes)
{
    /// <summary>The outcome that is told first.</summary>
    public TuneOutcome First => Outcomes[0];

    /// <summary>The data sets, in order.</summary>
    public IReadOnlyList<string> DataSets => [.. Outcomes.Select(one => one.Data).Distinct(StringComparer.Ordinal)];

    /// <summary>The median of a quantity over outcomes, with a 95 % bootstrap interval.</summary>
    public static (double Value, double Low, double High) Median(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double Of(ReadOnlySpan<int> rows)
        {
            double[] drawn = new double[rows.Length];
            for (int i = 0; i < drawn.Length; i++)
                drawn[i] = all[rows[i]];
            Array.Sort(drawn);
            return drawn.Length % 2 == 1 ? drawn[drawn.Length / 2] : (drawn[(drawn.Length / 2) - 1] + drawn[drawn.Length / 2]) / 2;
        }

        double median = Of([.. Enumerable.Range(0, all.Length)]);
        if (all.Length < 2 || all.Any(value => !double.IsFinite(value)))
            return (median, double.NaN, double.NaN);
        Interval interval = Bootstrap.Estimate(all.Length, Of, new BootstrapOptions { Kind = BootstrapKind.Percentile });
        return (median, interval.Low, interval.High);
    }
}
