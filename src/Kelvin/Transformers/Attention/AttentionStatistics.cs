namespace Kelvin.Transformers.Attention;

/// <summary>The vitals of one softmax of attention: one head, one query.</summary>
/// <remarks>
/// <para>z: the scores as <see cref="AttentionOptions"/> makes them, in their own unit (not divided by T), p = softmax(z/T). A learnt sink is one more entry
/// of the softmax: it counts in everything but <see cref="MaxLogit"/>. Entropies are in nats.</para>
/// <para>A query that sees no key and has no sink: LSE = −∞, count 0, no largest key, everything else NaN. NaN or +∞ among its scores: everything NaN,
/// no largest key, count as it is.</para>
/// <para>Accuracy: docs/accuracy.md.</para>
/// </remarks>
public readonly record struct AttentionStatistics
{
    // ForwardFinish writes a number and a key, eight numbers and a count in the order in which they stand here.

    /// <summary>max z over the keys; −∞ where only the sink is seen.</summary>
    public double MaxLogit { get; init; }

    /// <summary>The key with the largest logit, the first of several; −1 where there is none.</summary>
    public int LargestKey { get; init; }

    /// <summary>log Σ exp(z/T).</summary>
    public double LogSumExp { get; init; }

    /// <summary>H = −Σ p log p, from 0 to log n.</summary>
    public double Entropy { get; init; }

    /// <summary>H / log n, from 0 to 1; 0 when n = 1.</summary>
    public double NormalizedEntropy { get; init; }

    /// <summary>Σ p².</summary>
    public double SumSquares { get; init; }

    /// <summary>Probability of key 0, on which many models park what they do not need; 0 where it is masked.</summary>
    public double FirstKeyMass { get; init; }

    /// <summary>Probability of the learnt sink; 0 without one.</summary>
    public double SinkMass { get; init; }

    /// <summary>⟨z⟩ = Σ p z.</summary>
    public double MeanLogit { get; init; }

    /// <summary>Σ p (z − ⟨z⟩)².</summary>
    public double Variance { get; init; }

    /// <summary>n, the number of entries: keys that are not masked, and the sink.</summary>
    public int UnmaskedCount { get; init; }

    /// <summary>The answer where nothing is seen.</summary>
    internal static AttentionStatistics FullyMasked { get; } = new()
    {
        MaxLogit = double.NaN,
        LargestKey = -1,
        LogSumExp = double.NegativeInfinity,
        Entropy = double.NaN,
        NormalizedEntropy = double.NaN,
        SumSquares = double.NaN,
        FirstKeyMass = double.NaN,
        SinkMass = double.NaN,
        MeanLogit = double.NaN,
        Variance = double.NaN,
    };
}
