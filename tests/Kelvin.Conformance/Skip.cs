namespace Kelvin.Conformance;

/// <summary>What of a case was not checked, and why.</summary>
/// <param name="Id">Of the case.</param>
/// <param name="Reason">Why.</param>
/// <param name="Fields">The fields that were left out; null if the whole case was.</param>
internal sealed record Skip(string Id, string Reason, IReadOnlyList<string>? Fields = null);
