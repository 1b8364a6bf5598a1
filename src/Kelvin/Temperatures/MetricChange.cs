using Kelvin.Statistics;

namespace Kelvin.Temperatures;

/// <summary>Holds one metric before and after a temperature was applied, and the gain between them.</summary>
/// <param name="Before">The metric at T = 1.</param>
/// <param name="BeforeInterval">Covers what the metric would be at T = 1 on endlessly many rows.</param>
/// <param name="After">The metric at the fitted T.</param>
/// <param name="AfterInterval">Covers what the metric would be at the fitted T on endlessly many rows.</param>
/// <param name="GainInterval">Covers before − after; the rows are resampled in pairs, so that what both share cancels.</param>
public readonly record struct MetricChange(
    double Before, Interval BeforeInterval, double After, Interval AfterInterval, Interval GainInterval)
{
    /// <summary>Before − After: positive is better, since every metric here is a loss.</summary>
    public double Gain => Before - After;

    /// <summary>Whether the whole interval of the gain lies above 0.</summary>
    public bool IsImproved => GainInterval.Low > 0;
}
