using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>calibration</c>.</summary>
internal sealed record CalibrationConfig
{
    [Description("Whether a temperature is fitted on the validation set and judged on the test set.")]
    public bool Enabled { get; init; } = true;

    [Range(2, 1000)]
    [Description("Bins of confidence in the reliability diagram and the calibration error.")]
    public int Bins { get; init; } = 15;

    [Range(100, 100_000)]
    [Description("Bootstrap samples behind each interval.")]
    public int Resamples { get; init; } = 1000;

    [Range(0.5, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [Description("Confidence level of the intervals.")]
    public double Level { get; init; } = 0.95;
}
