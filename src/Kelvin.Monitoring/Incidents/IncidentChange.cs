namespace Kelvin.Monitoring;

/// <summary>One change of one incident.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Step">The step at which it happened.</param>
/// <param name="Incident">The incident as it is after the change.</param>
public readonly record struct IncidentChange(IncidentChangeKind Kind, long Step, Incident Incident);
