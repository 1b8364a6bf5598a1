using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>The page of <c>kelvin lab claims</c>: the table, each line linked to its picture.</summary>
internal static class ClaimsPage
{
    public static ReportPage Of(LabRun run, ClaimsResult result) => new()
    {
        Title = "The claims about softmax networks, measured",
        Subtitle = "Which claims of the theory hold, under which condition, by how much, and with what certainty?",
        Headline = ClaimsText.Headline(result),
        Facts =
        [
            new("Seeds", LabWords.Text($"{result.Claims[0].Seeds} from {run.Seed}")),
            new("Setting", "the theory's network, 16 points on the unit sphere in 8 dimensions, T = 1, symmetric start, unless a claim says otherwise"),
            new("Time", LabWords.Text($"{run.Elapsed.TotalSeconds:0} s")),
        ],
        Summary = [.. result.Claims.Select(Item)],
        Sections = [Table(result), .. result.Claims.Select(Section)],
        Closing = "Made by `kelvin lab claims`. Not measured: that the analysis explains self-attention.",
    };

    /// <summary>A claim as a line of a page's summary, linked to its section.</summary>
    public static SummaryItem Item(MeasuredClaim claim) => new(
        claim.Verdict switch
        {
            ClaimVerdict.Holds => Verdict.Held,
            ClaimVerdict.Conditional => Verdict.HeldWhen,
            _ => Verdict.DidNotHold,
        },
        claim.Claim,
        $"{LabWords.Number(claim.Effect)}: {claim.How}.")
    {
        Condition = ClaimsText.Condition(claim),
        SectionTitle = claim.Claim,
    };

    private static Section Table(ClaimsResult result) => new(
        "All claims",
        [
            new DataTable(
                "Effects with 95 % intervals over seeds",
                ["Claim", "Verdict", "Effect", "Seeds", "How"],
                [
                    .. result.Claims.Select(claim => (IReadOnlyList<Cell>)
                    [
                        claim.Id,
                        ClaimsText.Word(claim.Verdict),
                        double.IsFinite(claim.Effect.Low) ? Cell.Interval(claim.Effect.Value, claim.Effect.Low, claim.Effect.High) : Cell.Number(claim.Effect.Value),
                        Cell.Number(claim.Seeds, NumberForm.Whole),
                        claim.How,
                    ]),
                ]),
        ]);

    /// <summary>A claim's picture and numbers.</summary>
    public static Section Section(MeasuredClaim claim) => new(claim.Claim, [claim.Plot])
    {
        Lead = $"{LabWords.Number(claim.Effect)}: {claim.How}.{(claim.Remark.Length > 0 ? $" Seen with it: {claim.Remark}." : string.Empty)}",
    };
}
