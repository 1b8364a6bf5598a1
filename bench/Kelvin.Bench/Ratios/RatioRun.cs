namespace Kelvin.Bench.Ratios;

/// <summary>Measures one promise: a process per contestant, timed in turn, the order swapped every round, launched anew a few times.</summary>
/// <remarks>A process keeps a rate of its own for as long as it lives, up to a half from that of another, so rounds in one process alone would not tell.</remarks>
internal static class RatioRun
{
    private static readonly string[] Sides = ["ours", "peer", "ours-base", "peer-base"];

    public static RatioResult Measure(Promise promise, int rounds, int launches)
    {
        string[] sides = [.. Sides.Where(side => promise.Side(side) is not null)];
        var samples = sides.ToDictionary(side => side, _ => new List<Sample>(), StringComparer.Ordinal);
        rounds = Math.Max(rounds, promise.LeastRounds);
        launches = Math.Min(launches, rounds);
        for (int launch = 0; launch < launches; launch++)
            Launch(promise, sides, rounds * launch / launches, rounds * (launch + 1) / launches, samples);
        return Summarise(promise, samples);
    }

    /// <summary>Starts the contestants, measures the rounds from one to before another, and stops them.</summary>
    private static void Launch(Promise promise, string[] sides, int first, int end, Dictionary<string, List<Sample>> samples)
    {
        List<ContestantProcess> processes = [];
        try
        {
            foreach (string[] together in promise.SharesProcess ? [sides] : sides.Select(side => new[] { side }))
                processes.Add(new ContestantProcess(promise.Name, together));
            for (int round = first; round < end; round++)
            {
                foreach (string side in round % 2 == 0 ? sides : sides.Reverse())
                    samples[side].Add(processes.Single(process => process.Sides.Contains(side, StringComparer.Ordinal)).Measure(side));
            }
        }
        finally
        {
            foreach (ContestantProcess process in processes)
                process.Dispose();
        }
    }

    private static RatioResult Summarise(Promise promise, Dictionary<string, List<Sample>> samples)
    {
        double[] ratios = [.. Enumerable.Range(0, samples["ours"].Count)
            .Select(i => RateOf("ours", i) / RateOf("peer", i))
            .Order()];
        double ratio = Quantile(ratios, 0.5);
        double bytes = samples["ours"].Min(sample => sample.BytesPerRun);
        bool optimised = samples.Values.All(side => side.TrueForAll(sample => TierListener.IsOptimised(sample.Tier)));
        return new RatioResult(
            promise.Name, promise.Against, MedianRate("ours"), MedianRate("peer"), promise.Unit,
            ratio, Quantile(ratios, 0.25), Quantile(ratios, 0.75), promise.Goal,
            Holds: ratio >= promise.Goal && optimised && (!promise.AllocatesNothing || bytes == 0),
            LeastTier("ours"), LeastTier("peer"), bytes, samples.Values.Sum(side => side.Sum(sample => sample.Compiled)));

        double RateOf(string side, int i) =>
            samples[side][i].Rate / (samples.TryGetValue(side + "-base", out List<Sample>? scale) ? scale[i].Rate : 1);

        string LeastTier(string side) => samples[side].Select(sample => sample.Tier).FirstOrDefault(tier => !TierListener.IsOptimised(tier), samples[side][^1].Tier);

        double MedianRate(string side) => Quantile([.. samples[side].Select(sample => sample.Rate).Order()], 0.5);
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
