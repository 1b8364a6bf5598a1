namespace Kelvin.Monitoring;

/// <summary>Says where an incident stands; inactive and pending conditions have no incident yet.</summary>
public enum IncidentState
{
    /// <summary>At least one of its conditions holds.</summary>
    Firing,

    /// <summary>No condition holds now; it closes when that lasts.</summary>
    Recovering,

    /// <summary>It is closed.</summary>
    Resolved,
}
