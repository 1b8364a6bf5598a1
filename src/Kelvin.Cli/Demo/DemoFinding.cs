using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>One claim and what the demo's numbers say about it.</summary>
/// <param name="Id">Its name in demo.json.</param>
/// <param name="Claim">The claim in one sentence.</param>
/// <param name="Verdict">Decided from the numbers by a rule that docs/demo.md states.</param>
/// <param name="Condition">For a claim that held under a condition: which.</param>
/// <param name="Detail">The numbers in words.</param>
/// <param name="Section">Title of the report's section that shows it.</param>
internal sealed record DemoFinding(string Id, string Claim, Verdict Verdict, string Condition, string Detail, string Section)
{
    /// <summary>The verdict as the command line says it.</summary>
    public string Badge => Verdict switch
    {
        Verdict.Held => "holds",
        Verdict.HeldWhen => $"holds when {Condition}",
        Verdict.DidNotHold => "does not hold",
        _ => "not decided",
    };
}
