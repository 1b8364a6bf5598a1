namespace Kelvin.Reports;

/// <summary>Tells one incident: what happened, since when, how one knows, what to do.</summary>
public sealed record IncidentCard : Block
{
    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The cause by its name in the catalogue, such as "lr_too_high".</summary>
    public required string Cause { get; init; }

    /// <summary>One sentence that a person can act on.</summary>
    public required string Title { get; init; }

    /// <summary>The run it happened in; empty when the page is about one run only.</summary>
    public string Run { get; init; } = "";

    /// <summary>The step at which the trouble began; null when unknown.</summary>
    public long? SinceStep { get; init; }

    /// <summary>The step at which the incident was opened; null when unknown.</summary>
    public long? OpenedStep { get; init; }

    /// <summary>The step at which it ended; null while it lasts.</summary>
    public long? ClosedStep { get; init; }

    /// <summary>The observations that led to it, one sentence each.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What to do about it, the first thing first.</summary>
    public IReadOnlyList<string> Remedy { get; init; } = [];
}
