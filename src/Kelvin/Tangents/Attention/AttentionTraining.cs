namespace Kelvin.Tangents;

/// <summary>Which parameters of a <see cref="SequenceAttention"/> are trained.</summary>
public enum AttentionTraining
{
    /// <summary>All of them.</summary>
    Everything,

    /// <summary>Those that make the attention logits from what is read; the values and the readout stay: the setting of the two-layer analogy.</summary>
    QueriesAndKeys,
}
