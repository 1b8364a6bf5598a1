using Kelvin.Transformers.Attention;

namespace Kelvin.Transformers.Models;

/// <summary>The vitals of one attention head over the queries of a step: means, and the largest logit of all.</summary>
/// <remarks>Queries that see a single key count too, with entropy 0. NaN in a query's statistics makes the mean NaN.</remarks>
/// <param name="Queries">How many softmaxes were seen.</param>
/// <param name="MaxLogit">Largest logit over all queries, not divided by T; what QK-clip watches.</param>
/// <param name="LogSumExp">Mean of log Σ exp(z/T).</param>
/// <param name="Entropy">Mean entropy, in nats.</param>
/// <param name="NormalizedEntropy">Mean of H / log n, from 0 to 1.</param>
/// <param name="SumSquares">Mean of Σ p².</param>
/// <param name="FirstKeyMass">Mean probability of the first key.</param>
/// <param name="Variance">Mean of Σ p (z − ⟨z⟩)².</param>
public readonly record struct HeadVitals(
    long Queries, double MaxLogit, double LogSumExp, double Entropy, double NormalizedEntropy, double SumSquares, double FirstKeyMass, double Variance)
{
    /// <summary>Before any query.</summary>
    internal static HeadVitals None { get; } = new(0, double.NegativeInfinity, 0, 0, 0, 0, 0, 0);

    /// <summary>Sums of the means, so far; <see cref="Mean"/> ends them.</summary>
    internal HeadVitals Add(ReadOnlySpan<AttentionStatistics> queries)
    {
        double max = MaxLogit, lse = 0, entropy = 0, normalized = 0, squares = 0, first = 0, variance = 0;
        foreach (ref readonly AttentionStatistics query in queries)
        {
            max = Math.Max(max, query.MaxLogit);
            lse += query.LogSumExp;
            entropy += query.Entropy;
            normalized += query.NormalizedEntropy;
            squares += query.SumSquares;
            first += query.FirstKeyMass;
            variance += query.Variance;
        }

        return new HeadVitals(
            Queries + queries.Length, max, LogSumExp + lse, Entropy + entropy, NormalizedEntropy + normalized, SumSquares + squares, FirstKeyMass + first, Variance + variance);
    }

    /// <summary>From sums to means.</summary>
    internal HeadVitals Mean() => new(
        Queries,
        Queries == 0 ? double.NaN : MaxLogit,
        LogSumExp / Queries,
        Entropy / Queries,
        NormalizedEntropy / Queries,
        SumSquares / Queries,
        FirstKeyMass / Queries,
        Variance / Queries);
}
