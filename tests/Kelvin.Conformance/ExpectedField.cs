namespace Kelvin.Conformance;

/// <summary>One field of the right answer, its nested lists laid end to end.</summary>
internal sealed record ExpectedField(string Name, double[] Values, Tolerance Tolerance);
