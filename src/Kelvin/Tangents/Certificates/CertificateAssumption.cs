namespace Kelvin.Tangents.Certificates;

/// <summary>One assumption of a certificate, checked on the data.</summary>
/// <param name="Name">What is assumed, in a few words.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Limit">What it must not exceed.</param>
/// <param name="Holds">Whether it does not.</param>
/// <param name="Explanation">What was measured and what to change where it fails, in a sentence.</param>
public sealed record CertificateAssumption(string Name, double Measured, double Limit, bool Holds, string Explanation);
