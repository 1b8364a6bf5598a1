namespace Kelvin.Reports;

/// <summary>Names one circumstance of a run.</summary>
/// <param name="Name">What it is, such as "Seed".</param>
/// <param name="Value">Its value, already in words, such as "7".</param>
public sealed record Fact(string Name, string Value);
