namespace Kelvin.Monitoring;

/// <summary>One cause's part in an open incident: since when it speaks.</summary>
internal readonly record struct Signal(string Cause, long SinceStep);
