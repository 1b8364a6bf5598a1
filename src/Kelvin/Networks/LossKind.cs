namespace Kelvin.Networks;

/// <summary>What a network is trained to make small.</summary>
public enum LossKind
{
    /// <summary>½ Σ_l (F_l − y_l)² for one example; labels become one-hot targets.</summary>
    Squared,

    /// <summary>−Σ_k q_k log softmax(F)_k for one example, q the (smoothed) one-hot label; in nats.</summary>
    CrossEntropy,
}
