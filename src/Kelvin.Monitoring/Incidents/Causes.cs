namespace Kelvin.Monitoring;

/// <summary>Names the causes that an incident can have; docs/monitoring.md says which are right for which ending of a run.</summary>
public static class Causes
{
    /// <summary>The step overshoots: learning rate times curvature is beyond the stable range.</summary>
    public const string LearningRateTooHigh = "lr_too_high";

    /// <summary>The loss rises far above its best, and no earlier cause was found.</summary>
    public const string Divergence = "divergence";

    /// <summary>Gradients far larger than any before.</summary>
    public const string ExplodingGradient = "exploding_gradient";

    /// <summary>Every hidden softmax row is one-hot and no gradient is left.</summary>
    public const string DeadOneHot = "dead_one_hot";

    /// <summary>The softmax rows lost their entropy and the loss suffers.</summary>
    public const string EntropyCollapse = "entropy_collapse";

    /// <summary>Many units are inactive on whole batches.</summary>
    public const string DeadUnits = "dead_units";

    /// <summary>The gradient went away and the loss stayed.</summary>
    public const string VanishingGradient = "vanishing_gradient";

    /// <summary>A loss, gradient or weight is NaN or infinite, and nothing came before it.</summary>
    public const string NonFinite = "non_finite";
}
