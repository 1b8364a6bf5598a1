namespace Kelvin.Softmax;

/// <summary>The vital statistics of a batch of rows: means over the rows, and the largest logit of all.</summary>
/// <remarks>A row whose statistic is NaN makes the mean NaN; without rows everything is NaN.</remarks>
/// <param name="Rows">Number of rows.</param>
/// <param name="NormalizedEntropy">Mean of H / log k, from 0 to 1.</param>
/// <param name="Entropy">Mean entropy, in nats.</param>
/// <param name="MaxProbability">Mean of the largest probability.</param>
/// <param name="MaxLogit">Largest logit over all rows.</param>
/// <param name="Margin">Mean of largest minus second largest logit.</param>
/// <param name="SaturatedShare">Share of rows whose largest probability exceeds 0.99.</param>
/// <param name="EffectiveNumber">Mean of exp(H).</param>
/// <param name="Participation">Mean of 1/Σp².</param>
/// <param name="LogSumExp">Mean of log Σ exp(z/T).</param>
public readonly record struct SoftmaxSummary(
    int Rows,
    double NormalizedEntropy,
    double Entropy,
    double MaxProbability,
    double MaxLogit,
    double Margin,
    double SaturatedShare,
    double EffectiveNumber,
    double Participation,
    double LogSumExp)
{
    /// <summary>A row counts as saturated when its largest probability exceeds this.</summary>
    public const double SaturationThreshold = 0.99;

    /// <summary>Summarises rows: O(rows), nothing on the heap.</summary>
    public static SoftmaxSummary Of(ReadOnlySpan<SoftmaxStatistics> rows)
    {
        double normalized = 0, entropy = 0, maxProbability = 0, margin = 0, effective = 0, participation = 0, lse = 0;
        double maxLogit = double.NegativeInfinity;
        int saturated = 0;
        foreach (ref readonly SoftmaxStatistics row in rows)
        {
            normalized += row.NormalizedEntropy;
            entropy += row.Entropy;
            maxProbability += row.MaxProbability;
            maxLogit = Math.Max(maxLogit, row.MaxLogit);
            margin += row.MarginLogit;
            saturated += row.MaxProbability > SaturationThreshold ? 1 : 0;
            effective += row.EffectiveNumber;
            participation += row.Participation;
            lse += row.LogSumExp;
        }

        double n = rows.Length;
        if (n == 0)
            maxLogit = double.NaN;
        return new SoftmaxSummary(
            rows.Length, normalized / n, entropy / n, maxProbability / n, maxLogit, margin / n, saturated / n, effective / n, participation / n, lse / n);
    }
}
