using Kelvin.Transformers.Attention;

namespace Kelvin.Transformers.Models;

/// <summary>The vitals of one attention head over its queries, in a step of training or a prompt: means, and the largest logit of all.</summary>
/// <remarks>
/// Queries that see nothing are left out; those that see a single key count, with entropy 0. NaN in a query's statistics makes the mean NaN. Without a query
/// that sees something, everything but the counts is NaN.
/// </remarks>
/// <param name="Queries">How many softmaxes saw something.</param>
/// <param name="MaxLogit">Largest logit over all queries, not divided by T; what QK-clip watches and what overflows in float16.</param>
/// <param name="LogSumExp">Mean of log Σ exp(z/T).</param>
/// <param name="Entropy">Mean entropy, in nats.</param>
/// <param name="NormalizedEntropy">Mean of H / log n, from 0 to 1.</param>
/// <param name="SumSquares">Mean of Σ p².</param>
/// <param name="FirstKeyMass">Mean probability of the first key.</param>
/// <param name="Variance">Mean of Σ p (z − ⟨z⟩)².</param>
public readonly record struct HeadVitals(
    long Queries, double MaxLogit, double LogSumExp, double Entropy, double NormalizedEntropy, double SumSquares, double FirstKeyMass, double Variance)
{
    /// <summary>Mean probability of the learnt sink; 0 without one.</summary>
    public double SinkMass { get; init; }

    /// <summary>Queries that see nothing.</summary>
    public long MaskedQueries { get; init; }

    /// <summary>Before any query.</summary>
    internal static HeadVitals None { get; } = new(0, double.NegativeInfinity, 0, 0, 0, 0, 0, 0);

    /// <summary>Sums up the statistics of one head.</summary>
    /// <param name="head">One entry a query, as <see cref="FusedAttention"/> writes them for a head.</param>
    public static HeadVitals Of(ReadOnlySpan<AttentionStatistics> head) => None.Add(head).Mean();

    /// <summary>Sums of the means, so far; <see cref="Mean"/> ends them.</summary>
    internal HeadVitals Add(ReadOnlySpan<AttentionStatistics> queries)
    {
        double max = MaxLogit, lse = 0, entropy = 0, normalized = 0, squares = 0, first = 0, sink = 0, variance = 0;
        int masked = 0;
        foreach (ref readonly AttentionStatistics query in queries)
        {
            if (double.IsNegativeInfinity(query.LogSumExp))
            {
                masked++;
                continue;
            }

            max = Math.Max(max, query.MaxLogit);   // NaN stays NaN
            lse += query.LogSumExp;
            entropy += query.Entropy;
            normalized += query.NormalizedEntropy;
            squares += query.SumSquares;
            first += query.FirstKeyMass;
            sink += query.SinkMass;
            variance += query.Variance;
        }

        return new HeadVitals(
            Queries + queries.Length - masked, max, LogSumExp + lse, Entropy + entropy, NormalizedEntropy + normalized, SumSquares + squares, FirstKeyMass + first, Variance + variance)
        {
            SinkMass = SinkMass + sink,
            MaskedQueries = MaskedQueries + masked,
        };
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
        Variance / Queries)
    {
        SinkMass = SinkMass / Queries,
        MaskedQueries = MaskedQueries,
    };
}
