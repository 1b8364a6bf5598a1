namespace Kelvin.Monitoring;

/// <summary>Says how loudly an incident should be told.</summary>
public enum Severity
{
    /// <summary>History only.</summary>
    Note,

    /// <summary>Inbox and live view.</summary>
    Warning,

    /// <summary>Pages somebody.</summary>
    Critical,
}
