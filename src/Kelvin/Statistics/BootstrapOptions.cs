namespace Kelvin.Statistics;

/// <summary>Says how to resample. The defaults give ends that move by about 2 % of the width from seed to seed.</summary>
public sealed record BootstrapOptions
{
    /// <summary>Number of resamples, at least 100.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Confidence, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the ends are read off the resamples.</summary>
    public BootstrapKind Kind { get; init; } = BootstrapKind.BiasCorrected;

    /// <summary>Same seed, same interval.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        Require.Between(Resamples, 100, int.MaxValue);
        Require.Level(Level);
    }
}
