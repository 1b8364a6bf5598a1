namespace Kelvin.Temperatures;

/// <summary>Groups rows by confidence, and sums up how far confidence is from accuracy.</summary>
internal static class ReliabilityBins
{
    /// <summary>Bins (b/B, (b + 1)/B]; confidence 0 falls in the first, and anything rounded above 1 in the last.</summary>
    public static int EqualWidthIndex(double confidence, int bins) => Math.Clamp((int)Math.Ceiling(confidence * bins) - 1, 0, bins - 1);

    public static ReliabilityBin[] EqualWidth(ClassifiedRows rows, int bins)
    {
        var sums = new (int Count, double Confidence, int Correct)[bins];
        for (int i = 0; i < rows.Count; i++)
        {
            ref (int Count, double Confidence, int Correct) bin = ref sums[EqualWidthIndex(rows.Confidence[i], bins)];
            bin.Count++;
            bin.Confidence += rows.Confidence[i];
            bin.Correct += rows.IsCorrect[i] ? 1 : 0;
        }

        return [.. sums.Select((bin, b) => Bin((double)b / bins, (double)(b + 1) / bins, bin.Count, bin.Confidence, bin.Correct))];
    }

    /// <summary>Consecutive groups of rows in the order of confidence, ties by row; the first N mod B groups are one larger.</summary>
    public static ReliabilityBin[] Adaptive(ClassifiedRows rows, int bins)
    {
        int[] order = ByConfidence(rows);
        var groups = new ReliabilityBin[bins];
        int start = 0;
        for (int b = 0; b < bins; b++)
        {
            int count = (rows.Count / bins) + (b < rows.Count % bins ? 1 : 0);
            double confidence = 0;
            int correct = 0;
            for (int i = start; i < start + count; i++)
            {
                confidence += rows.Confidence[order[i]];
                correct += rows.IsCorrect[order[i]] ? 1 : 0;
            }

            groups[b] = count == 0
                ? Bin(double.NaN, double.NaN, 0, 0, 0)
                : Bin(rows.Confidence[order[start]], rows.Confidence[order[start + count - 1]], count, confidence, correct);
            start += count;
        }

        return groups;
    }

    public static int[] ByConfidence(ClassifiedRows rows)
    {
        int[] order = [.. Enumerable.Range(0, rows.Count)];
        Array.Sort(order, (a, b) =>
        {
            int byConfidence = rows.Confidence[a].CompareTo(rows.Confidence[b]);
            return byConfidence != 0 ? byConfidence : a.CompareTo(b);
        });
        return order;
    }

    /// <summary>Σ_b (N_b/N)|mean confidence − accuracy|.</summary>
    public static double ExpectedError(ReliabilityBin[] bins)
    {
        double sum = 0;
        long rows = 0;
        foreach (ReliabilityBin bin in bins)
        {
            sum += bin.Count == 0 ? 0 : bin.Count * Math.Abs(bin.Gap);
            rows += bin.Count;
        }

        return sum / rows;
    }

    /// <summary>max_b |mean confidence − accuracy| over the bins that hold a row.</summary>
    public static double MaximumError(ReliabilityBin[] bins)
    {
        double largest = 0;
        foreach (ReliabilityBin bin in bins)
            largest = bin.Count == 0 ? largest : Math.Max(largest, Math.Abs(bin.Gap));
        return largest;
    }

    private static ReliabilityBin Bin(double low, double high, int count, double confidence, int correct) =>
        new(low, high, count, confidence / count, (double)correct / count);
}
