namespace Kelvin.Monitoring.Tests;

/// <summary>Shapes that healthy runs have.</summary>
public enum HealthyKind
{
    /// <summary>White noise around an exponential fall to a floor.</summary>
    Plain,

    /// <summary>The same without noise, down to 10⁻¹² of the start.</summary>
    FullBatch,

    /// <summary>Noise that remembers: autocorrelation 0.5 to 0.98.</summary>
    Correlated,

    /// <summary>A loss that was smoothed before it was sent.</summary>
    Smoothed,

    /// <summary>Very noisy losses of batches of a few examples.</summary>
    SmallBatches,

    /// <summary>A fitted network: losses near 0 with a deviation of their logarithm up to 1.2.</summary>
    NearZero,

    /// <summary>A fitted network with a hard example in one batch of a hundred.</summary>
    HardExamples,

    /// <summary>The learning rate rises for 100 steps.</summary>
    WarmUp,

    /// <summary>The learning rate falls as a cosine.</summary>
    Cosine,

    /// <summary>The learning rate drops to a tenth.</summary>
    RateDrop,

    /// <summary>Two bad batches with three times the loss.</summary>
    BenignSpike,
}
