namespace Kelvin.Conformance;

/// <summary>One field that is wrong.</summary>
internal sealed record Failure(string Id, string Field, Precision? Precision, string Message);
