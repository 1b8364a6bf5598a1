namespace Kelvin.Temperatures;

/// <summary>Says whether a temperature gives the entropy asked for.</summary>
public enum TargetEntropyOutcome
{
    /// <summary>The entropy at the temperature is the target, to rounding.</summary>
    Reached,

    /// <summary>The target is the lower limit itself, which T → 0 approaches: T = 0 is returned.</summary>
    AtLowerLimit,

    /// <summary>The target is the upper limit itself, which T → ∞ approaches: T = +∞ is returned.</summary>
    AtUpperLimit,

    /// <summary>The target is below log(ties at the maximum), which no temperature goes under: T = 0 is returned.</summary>
    BelowReach,

    /// <summary>The target is above log(unmasked entries), which no temperature goes over: T = +∞ is returned.</summary>
    AboveReach,

    /// <summary>All unmasked logits are equal and their entropy, the same at every temperature, is the target: T = 1 is returned.</summary>
    EveryTemperature,

    /// <summary>The row holds NaN or +∞, or nothing but −∞: T = NaN is returned.</summary>
    NotFinite,
}
