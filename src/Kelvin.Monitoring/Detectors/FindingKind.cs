namespace Kelvin.Monitoring;

/// <summary>Says what a detector makes of the run after a point.</summary>
public enum FindingKind
{
    /// <summary>The condition does not hold.</summary>
    Quiet,

    /// <summary>The point says nothing about the condition: it is NaN, infinite, or one of several inputs that are not there yet.</summary>
    Unknown,

    /// <summary>The condition holds, but not for long enough.</summary>
    Pending,

    /// <summary>The condition holds.</summary>
    Firing,
}
