namespace Kelvin.Conformance;

/// <summary>The field that came nearest to its tolerance, or went furthest beyond.</summary>
/// <param name="Error">In units of the tolerance: 1 is the most that passes.</param>
/// <param name="Id">Of the case.</param>
/// <param name="Field">Its name.</param>
/// <param name="Precision">In which it was computed.</param>
internal sealed record Worst(double Error, string Id, string Field, Precision Precision);
