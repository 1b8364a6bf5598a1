namespace Kelvin.Tangents;

/// <summary>The shape of a <see cref="SequenceAttention"/>.</summary>
public sealed record SequenceAttentionOptions
{
    /// <summary>How many different tokens there are, ≥ 1.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>n, tokens of a sequence, ≥ 1.</summary>
    public required int Length { get; init; }

    /// <summary>d, of embeddings, queries, keys and values, ≥ 1.</summary>
    public required int Width { get; init; }

    /// <summary>What makes weights of logits.</summary>
    public AttentionNormaliser Normaliser { get; init; }

    /// <summary>T > 0, divides the logits.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>c > 0, multiplies the output: the tangent kernel grows as c².</summary>
    public double OutputScale { get; init; } = 1;

    /// <summary>Which parameters are trained.</summary>
    public AttentionTraining Training { get; init; }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount => QueryKeyCount + ((Vocabulary + Length + Width + 1) * Width);

    /// <summary>How many of them are trained; they are the first.</summary>
    public int TrainedCount => Training == AttentionTraining.Everything ? ParameterCount : QueryKeyCount;

    private int QueryKeyCount => ((2 * Width) + 1) * Width;

    internal void Check()
    {
        Require.Positive(Vocabulary);
        Require.Positive(Length);
        Require.Positive(Width);
        Require.Temperature(Temperature);
        Require.Positive(OutputScale);
        Require.That(Enum.IsDefined(Normaliser), "Normaliser is none of softmax, ReLU and linear.", nameof(Normaliser));
        Require.That(Enum.IsDefined(Training), "Training is neither everything nor queries and keys.", nameof(Training));
    }
}
