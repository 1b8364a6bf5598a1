using Kelvin.Reports;

namespace Kelvin.Inspection;

/// <summary>One thing that deserves a look.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Kind">A stable name for machines, such as "saturated".</param>
/// <param name="Site">Label of the softmax.</param>
/// <param name="Heads">The heads concerned; empty where it is the whole softmax.</param>
/// <param name="Sentence">What was measured, with its numbers.</param>
/// <param name="Remedy">What to do, or what it means.</param>
public sealed record InspectionFinding(
    Severity Severity, string Kind, string Site, IReadOnlyList<int> Heads, string Sentence, string Remedy);
