namespace Kelvin.Tangents.Certificates;

/// <summary>One statement of a certificate.</summary>
/// <param name="Verdict">What it is worth.</param>
/// <param name="Bound">The number promised, in the statement's unit; +∞ where nothing is.</param>
/// <param name="Trivial">What is known without the statement: a bound at or above it is vacuous.</param>
/// <param name="Explanation">The statement, or why there is none, in a sentence.</param>
/// <param name="Step">The step that the bound is about, where it was chosen; null: the last, or all that follow it.</param>
public sealed record CertificateStatement(CertificateVerdict Verdict, double Bound, double Trivial, string Explanation, int? Step = null);
