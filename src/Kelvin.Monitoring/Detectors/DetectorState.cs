namespace Kelvin.Monitoring;

/// <summary>Says what a detector is doing.</summary>
public enum DetectorState
{
    /// <summary>It lacks an input and cannot work.</summary>
    Inactive,

    /// <summary>It watches, and the condition does not hold.</summary>
    Watching,

    /// <summary>The condition holds, but not for long enough.</summary>
    Pending,

    /// <summary>The condition holds.</summary>
    Firing,

    /// <summary>The last value said nothing: it was NaN or infinite.</summary>
    Unknown,

    /// <summary>It threw too often and was switched off.</summary>
    Error,
}
