namespace Kelvin.Transformers.Checkpoints;

/// <summary>What a weight does in a transformer, whatever its family calls it.</summary>
/// <remarks>
/// With V = vocabulary, C = context, D = width, F = feed-forward width, Q = heads·head size, K = key and value heads·head size. A matrix of
/// shape [out, in] maps x to W·x.
/// </remarks>
public enum WeightRole
{
    /// <summary>A row for each token, [V, D].</summary>
    TokenEmbedding,

    /// <summary>A row for each position, [C, D]; only where positions are learnt.</summary>
    PositionEmbedding,

    /// <summary>Scale of the norm before attention, [D].</summary>
    AttentionNorm,

    /// <summary>Shift of the norm before attention, [D].</summary>
    AttentionNormBias,

    /// <summary>Queries of all heads, [Q, D].</summary>
    Query,

    /// <summary>Bias of the queries, [Q].</summary>
    QueryBias,

    /// <summary>Keys of all heads, [K, D].</summary>
    Key,

    /// <summary>Bias of the keys, [K].</summary>
    KeyBias,

    /// <summary>Values of all heads, [K, D].</summary>
    Value,

    /// <summary>Bias of the values, [K].</summary>
    ValueBias,

    /// <summary>From the heads back to the residual stream, [D, Q].</summary>
    AttentionOutput,

    /// <summary>Bias of the attention output, [D].</summary>
    AttentionOutputBias,

    /// <summary>A learnt logit of each head without a value, [heads]; only where the model has sinks.</summary>
    Sinks,

    /// <summary>Scale of the norm before the feed-forward part, [D].</summary>
    FeedForwardNorm,

    /// <summary>Shift of the norm before the feed-forward part, [D].</summary>
    FeedForwardNormBias,

    /// <summary>What goes through the activation in a gated feed-forward part, [F, D].</summary>
    Gate,

    /// <summary>Bias of the gate, [F].</summary>
    GateBias,

    /// <summary>Into the feed-forward part, [F, D].</summary>
    Up,

    /// <summary>Bias of the way in, [F].</summary>
    UpBias,

    /// <summary>Out of the feed-forward part, [D, F].</summary>
    Down,

    /// <summary>Bias of the way out, [D].</summary>
    DownBias,

    /// <summary>Scale of the last norm, [D].</summary>
    FinalNorm,

    /// <summary>Shift of the last norm, [D].</summary>
    FinalNormBias,

    /// <summary>The output head, [V, D]; only where it is not the token embedding.</summary>
    Output,
}
