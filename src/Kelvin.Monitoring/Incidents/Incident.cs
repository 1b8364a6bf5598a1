namespace Kelvin.Monitoring;

/// <summary>One fault of one run, with a named cause: everything that was found about it within a short while.</summary>
public sealed record Incident
{
    /// <summary>Counts the run's incidents from 1.</summary>
    public required int Id { get; init; }

    /// <summary>The named cause; one of <see cref="Causes"/>. An update may name an earlier cause than the first finding did.</summary>
    public required string Cause { get; init; }

    /// <summary>How bad it is; it only ever rises.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Where it stands.</summary>
    public required IncidentState State { get; init; }

    /// <summary>Only a resume from before it, a person or the end of the run closes it: some weight is no longer finite.</summary>
    public bool IsLatched { get; init; }

    /// <summary>The first step at which one of its conditions held.</summary>
    public required long SinceStep { get; init; }

    /// <summary>The step at which it was opened; never before <see cref="SinceStep"/>.</summary>
    public required long OpenedStep { get; init; }

    /// <summary>The last step at which one of its conditions held, as far as it is known to have changed.</summary>
    public required long LastFiringStep { get; init; }

    /// <summary>The step at which it was closed, or null.</summary>
    public long? ClosedStep { get; init; }

    /// <summary>Why it was closed: <c>recovered</c>, <c>run finished</c>, <c>run resumed</c> or a person's reason; null while it is open.</summary>
    public string? Resolution { get; init; }

    /// <summary>One sentence that a person can act on.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in the order in which it was found.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>What to do, the first thing first.</summary>
    public required IReadOnlyList<string> Remedy { get; init; }

    /// <summary>Says whether it is still open.</summary>
    public bool IsOpen => State != IncidentState.Resolved;
}
