namespace Kelvin.Conformance;

/// <summary>One case of a fixture file: what goes in and what must come out.</summary>
internal sealed record FixtureCase(string Id, string Family, FixtureInputs Inputs, IReadOnlyList<ExpectedField> Expected);
