using Kelvin.Statistics;

namespace Kelvin.Temperatures;

/// <summary>Computes one metric on any choice of rows, for resampling.</summary>
internal static class CalibrationLoss
{
    /// <summary>Mean of a value that each row has.</summary>
    public static ResampleStatistic Mean(double[] values) => rows =>
    {
        double sum = 0;
        foreach (int row in rows)
            sum += values[row];
        return sum / rows.Length;
    };

    /// <summary>ECE over bins of equal width; the bin of a row does not depend on the other rows.</summary>
    public static ResampleStatistic EqualWidthEce(ClassifiedRows rows, int bins)
    {
        int[] binOf = [.. rows.Confidence.Select(confidence => ReliabilityBins.EqualWidthIndex(confidence, bins))];
        double[] gap = Gaps(rows);
        double[] sums = new double[bins];
        return chosen =>
        {
            Array.Clear(sums);
            foreach (int row in chosen)
                sums[binOf[row]] += gap[row];
            return SumOfSizes(sums) / chosen.Length;
        };
    }

    /// <summary>ECE over groups of equal size; rows are ranked once, and each choice only counts them.</summary>
    public static ResampleStatistic AdaptiveEce(ClassifiedRows rows, int bins)
    {
        int[] order = ReliabilityBins.ByConfidence(rows);
        double[] gap = Gaps(rows);
        int[] counts = new int[rows.Count];
        double[] sums = new double[bins];
        return chosen =>
        {
            Array.Clear(counts);
            Array.Clear(sums);
            foreach (int row in chosen)
                counts[row]++;

            int bin = 0;
            int room = GroupSize(chosen.Length, bins, 0);
            foreach (int row in order)
            {
                for (int left = counts[row]; left > 0;)
                {
                    while (room == 0)
                        room = GroupSize(chosen.Length, bins, ++bin);
                    int taken = Math.Min(left, room);
                    sums[bin] += taken * gap[row];
                    room -= taken;
                    left -= taken;
                }
            }

            return SumOfSizes(sums) / chosen.Length;
        };
    }

    private static int GroupSize(int rows, int bins, int bin) => (rows / bins) + (bin < rows % bins ? 1 : 0);

    /// <summary>Confidence − [correct]: the mean over a bin is the bin's gap.</summary>
    private static double[] Gaps(ClassifiedRows rows) =>
        [.. rows.Confidence.Zip(rows.IsCorrect, (confidence, isCorrect) => confidence - (isCorrect ? 1 : 0))];

    private static double SumOfSizes(double[] sums)
    {
        double sum = 0;
        foreach (double value in sums)
            sum += Math.Abs(value);
        return sum;
    }
}
