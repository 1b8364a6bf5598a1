namespace Kelvin.Tangents;

/// <summary>What makes attention weights a of logits s.</summary>
public enum AttentionNormaliser
{
    /// <summary>aⱼ = exp(sⱼ/T)/Σ exp(s/T).</summary>
    Softmax,

    /// <summary>aⱼ = max(0, sⱼ)/(T·n), n the length.</summary>
    Relu,

    /// <summary>aⱼ = sⱼ/(T·n).</summary>
    Linear,
}
