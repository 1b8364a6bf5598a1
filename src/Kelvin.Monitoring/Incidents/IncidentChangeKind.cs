namespace Kelvin.Monitoring;

/// <summary>Says what happened to an incident.</summary>
public enum IncidentChangeKind
{
    /// <summary>It began.</summary>
    Opened,

    /// <summary>It has new evidence, another cause or a higher severity.</summary>
    Updated,

    /// <summary>Its conditions stopped; this is no news for a notification.</summary>
    Recovering,

    /// <summary>A condition came back before it closed; this is no news for a notification.</summary>
    Returned,

    /// <summary>It was closed.</summary>
    Closed,
}
