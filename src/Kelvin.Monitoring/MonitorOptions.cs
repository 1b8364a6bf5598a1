namespace Kelvin.Monitoring;

/// <summary>How a monitor builds incidents; the detectors' own parameters belong to the detectors.</summary>
public sealed record MonitorOptions
{
    /// <summary>Steps without a firing condition after which an incident closes; findings within it join the incident. Default 50, as in the benchmark's rules.</summary>
    public int QuietSteps { get; init; } = 50;

    /// <summary>Steps after a context event during which detectors with learnt baselines need double evidence. Default 50.</summary>
    public int RelearningSteps { get; init; } = 50;

    /// <summary>Exceptions after which a detector is switched off, visibly. Default 10: one odd value is forgiven, a broken detector does not cost time for ever.</summary>
    public int FailuresBeforeOff { get; init; } = 10;

    /// <summary>Series that get detectors; points of further ones are counted in <see cref="RunMonitor.IgnoredPoints"/>. Default 100,000.</summary>
    public int MaxSeries { get; init; } = 100_000;

    internal void Check()
    {
        AtLeast(QuietSteps, 0, nameof(QuietSteps));
        AtLeast(RelearningSteps, 0, nameof(RelearningSteps));
        AtLeast(FailuresBeforeOff, 1, nameof(FailuresBeforeOff));
        AtLeast(MaxSeries, 1, nameof(MaxSeries));
    }

    private static void AtLeast(int value, int low, string name)
    {
        if (value < low)
            throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}, but must be at least {low}."));
    }
}
