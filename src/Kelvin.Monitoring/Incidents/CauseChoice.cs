namespace Kelvin.Monitoring;

/// <summary>Names the cause of an incident from all that was found: the earliest that nothing else explains.</summary>
internal static class CauseChoice
{
    /// <summary>A cause explains another that began at most this many steps before it: detectors need a few steps each.</summary>
    public const int Slack = 10;

    public static string Name(List<Signal> signals)
    {
        Signal best = default;
        foreach (Signal signal in signals)
        {
            if (IsExplained(signal, signals))
                continue;
            if (best.Cause is null || signal.SinceStep < best.SinceStep)
                best = signal;
        }

        return best.Cause ?? signals[0].Cause;
    }

    private static bool IsExplained(Signal consequence, List<Signal> signals)
    {
        IReadOnlyList<string> explainedBy = CauseCatalogue.Of(consequence.Cause).ExplainedBy;
        foreach (Signal signal in signals)
        {
            if (signal.SinceStep <= consequence.SinceStep + Slack && explainedBy.Contains(signal.Cause, StringComparer.Ordinal))
                return true;
        }

        return false;
    }
}
