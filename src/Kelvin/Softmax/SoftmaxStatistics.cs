namespace Kelvin.Softmax;

/// <summary>The vital statistics of one row p = softmax(z/T).</summary>
/// <remarks>
/// <para>Notation: M = max z, d = (z − M)/T, s = Σ exp d, k = number of unmasked entries (z &gt; −∞). Entropies are in nats.</para>
/// <para>A row of nothing but −∞: LSE = −∞, <see cref="UnmaskedCount"/> = 0, <see cref="ArgMax"/> = −1, everything else NaN.
/// NaN or +∞ in the row: every real statistic is NaN, <see cref="ArgMax"/> = −1 and both counts are 0.</para>
/// <para>Accuracy: every statistic is computed without cancellation (the tail is summed without the maximum, the variance around
/// a point near the mean); the bounds stand in docs/accuracy.md.</para>
/// </remarks>
public readonly record struct SoftmaxStatistics
{
    // RowDescriptions writes fifteen doubles and three counts in the order in which they stand here.

    /// <summary>M = max z, in the logits' own unit (not divided by T).</summary>
    public double MaxLogit { get; init; }

    /// <summary>log Σ exp(z/T) = M/T + log s.</summary>
    public double LogSumExp { get; init; }

    /// <summary>H = −Σ p log p = log s − Σ p d, from 0 (one-hot) to log k (uniform), in nats.</summary>
    public double Entropy { get; init; }

    /// <summary>H / log k, from 0 to 1; 0 when k = 1.</summary>
    public double NormalizedEntropy { get; init; }

    /// <summary>max p = 1/s.</summary>
    public double MaxProbability { get; init; }

    /// <summary>Σ p over all entries but <see cref="ArgMax"/>: 1 − max p, without the cancellation.</summary>
    public double TailMass { get; init; }

    /// <summary>Largest minus second largest logit; 0 for a tie, +∞ when k = 1.</summary>
    public double MarginLogit { get; init; }

    /// <summary>Largest minus second largest probability; 1 when k = 1.</summary>
    public double MarginProbability { get; init; }

    /// <summary>exp(H), from 1 to k: the number of equally likely entries with the same entropy.</summary>
    public double EffectiveNumber { get; init; }

    /// <summary>Σ p².</summary>
    public double SumSquares { get; init; }

    /// <summary>1/Σp², the participation ratio, from 1 to exp(H).</summary>
    public double Participation { get; init; }

    /// <summary>⟨z⟩ = Σ p z, in the logits' unit.</summary>
    public double MeanLogit { get; init; }

    /// <summary>Σ p (z − ⟨z⟩)², in the logits' unit squared.</summary>
    public double Variance { get; init; }

    /// <summary>(Σp² − 1/k)/(1 − 1/k): 0 for a uniform row, 1 for a one-hot row and when k = 1.</summary>
    public double Saturation { get; init; }

    /// <summary>dH/dT = Variance/T³ ≥ 0.</summary>
    public double EntropySlope { get; init; }

    /// <summary>k, the number of entries that are not −∞.</summary>
    public int UnmaskedCount { get; init; }

    /// <summary>Number of entries equal to the largest.</summary>
    public int TiesAtMax { get; init; }

    /// <summary>Index of the first largest entry; −1 where there is none.</summary>
    public int ArgMax { get; init; }

    /// <summary>The answer for a row with NaN or +∞ in it.</summary>
    internal static SoftmaxStatistics NotANumber { get; } = new()
    {
        MaxLogit = double.NaN,
        LogSumExp = double.NaN,
        Entropy = double.NaN,
        NormalizedEntropy = double.NaN,
        MaxProbability = double.NaN,
        TailMass = double.NaN,
        MarginLogit = double.NaN,
        MarginProbability = double.NaN,
        EffectiveNumber = double.NaN,
        SumSquares = double.NaN,
        Participation = double.NaN,
        MeanLogit = double.NaN,
        Variance = double.NaN,
        Saturation = double.NaN,
        EntropySlope = double.NaN,
        ArgMax = -1,
    };

    /// <summary>The answer for a row of nothing but −∞.</summary>
    internal static SoftmaxStatistics FullyMasked { get; } = NotANumber with { LogSumExp = double.NegativeInfinity };
}
