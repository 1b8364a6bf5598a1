namespace Kelvin.Statistics;

/// <summary>Says how an interval is read off the statistics of the resamples.</summary>
public enum BootstrapKind
{
    /// <summary>The quantiles (1 ± level)/2 of the resampled statistics.</summary>
    Percentile,

    /// <summary>
    /// Quantiles moved for bias and skewness (BC<sub>a</sub>): Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))), z₀ from the share of resamples below the
    /// statistic, a from leaving out one row at a time. Better for skewed statistics; costs one more evaluation a row.
    /// </summary>
    BiasCorrected,
}
