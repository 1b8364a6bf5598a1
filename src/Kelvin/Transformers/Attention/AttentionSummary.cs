namespace Kelvin.Transformers.Attention;

/// <summary>The vitals of one head over its queries.</summary>
/// <remarks>Queries that see nothing are left out of every mean; NaN in one makes the mean NaN. Without a query that sees something, all are NaN.</remarks>
public readonly record struct AttentionSummary
{
    /// <summary>Largest of the largest logits: what QK-clip watches and what overflows in float16.</summary>
    public double MaxLogit { get; init; }

    /// <summary>Mean of the largest logits.</summary>
    public double MeanMaxLogit { get; init; }

    /// <summary>Mean LSE.</summary>
    public double LogSumExp { get; init; }

    /// <summary>Mean entropy, in nats.</summary>
    public double Entropy { get; init; }

    /// <summary>Mean normalised entropy over the queries that see more than one entry; NaN where none does.</summary>
    public double NormalizedEntropy { get; init; }

    /// <summary>Mean Σp².</summary>
    public double SumSquares { get; init; }

    /// <summary>Mean probability of the first key.</summary>
    public double FirstKeyMass { get; init; }

    /// <summary>Mean probability of the learnt sink.</summary>
    public double SinkMass { get; init; }

    /// <summary>Mean variance of the logits under their own softmax.</summary>
    public double Variance { get; init; }

    /// <summary>Queries that see something.</summary>
    public int Queries { get; init; }

    /// <summary>Queries that see nothing.</summary>
    public int MaskedQueries { get; init; }

    /// <summary>Sums up the statistics of one head.</summary>
    /// <param name="head">One entry a query, as <see cref="FusedAttention"/> writes them for a head.</param>
    public static AttentionSummary Of(ReadOnlySpan<AttentionStatistics> head)
    {
        (double max, double maxes, double lse, double entropy, double normalized) = (double.NegativeInfinity, 0, 0, 0, 0);
        (double squares, double first, double sink, double variance) = (0, 0, 0, 0);
        (int count, int several) = (0, 0);
        foreach (ref readonly AttentionStatistics row in head)
        {
            if (double.IsNegativeInfinity(row.LogSumExp))
                continue;
            count++;
            max = Math.Max(max, row.MaxLogit);   // NaN stays NaN
            maxes += row.MaxLogit;
            lse += row.LogSumExp;
            entropy += row.Entropy;
            squares += row.SumSquares;
            first += row.FirstKeyMass;
            sink += row.SinkMass;
            variance += row.Variance;
            if (row.UnmaskedCount > 1)
                (several, normalized) = (several + 1, normalized + row.NormalizedEntropy);
        }

        return new AttentionSummary
        {
            MaxLogit = count == 0 ? double.NaN : max,
            MeanMaxLogit = maxes / count,
            LogSumExp = lse / count,
            Entropy = entropy / count,
            NormalizedEntropy = normalized / several,
            SumSquares = squares / count,
            FirstKeyMass = first / count,
            SinkMass = sink / count,
            Variance = variance / count,
            Queries = count,
            MaskedQueries = head.Length - count,
        };
    }
}
