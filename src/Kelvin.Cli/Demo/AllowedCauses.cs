using Kelvin.Monitoring;

namespace Kelvin.Cli.Demo;

/// <summary>The names under which an incident may be open when a run ends badly; docs/monitoring.md says why.</summary>
internal static class AllowedCauses
{
    private static readonly string[] NonFinite = [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.Divergence, Causes.NonFinite];
    private static readonly string[] FarAbove = [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.Divergence];
    private static readonly string[] OneHot = [Causes.LearningRateTooHigh, Causes.DeadOneHot, Causes.EntropyCollapse];

    /// <summary>The right names for a verdict: for how the run ended, and for what was first seen of that.</summary>
    public static IEnumerable<string> Of(RunVerdict verdict) => Of(verdict.Ending).Union(Of(verdict.First), StringComparer.Ordinal);

    /// <summary>The right names for an ending; none for a good one.</summary>
    public static IReadOnlyList<string> Of(RunEnding ending) => ending switch
    {
        RunEnding.NonFinite => NonFinite,
        RunEnding.FarAboveBest => FarAbove,
        RunEnding.DeadOneHot => OneHot,
        _ => [],
    };
}
