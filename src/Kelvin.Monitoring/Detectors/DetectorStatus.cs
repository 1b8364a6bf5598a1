namespace Kelvin.Monitoring;

/// <summary>What one detector of a run is doing, and what it lacks.</summary>
/// <param name="Detector">The detector's id.</param>
/// <param name="Place">The series, or layer and head, that it watches; the bare id for the whole run.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Missing">Required inputs that have not arrived.</param>
/// <param name="Failures">How often it threw.</param>
/// <param name="LastError">What it threw last.</param>
public sealed record DetectorStatus(
    string Detector, Series Place, DetectorState State, IReadOnlyList<string> Missing, int Failures, string? LastError)
{
    /// <summary>Writes it as in <c>lr_too_high: inactive: missing optim.lr</c>.</summary>
    public override string ToString() =>
        Missing.Count > 0
            ? $"{Detector}: inactive: missing {string.Join(", ", Missing)}"
            : $"{Detector}: {State.ToString().ToLowerInvariant()}{(LastError is null ? "" : $" ({LastError})")}";
}
