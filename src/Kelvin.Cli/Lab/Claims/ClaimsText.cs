using Kelvin.Cli.Frame;
using Kelvin.Cli.Lab.Claims.Differences;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>What the claims experiment says on the terminal.</summary>
internal static class ClaimsText
{
    public static void Write(CliHost host, ClaimsResult result)
    {
        if (result.Differences is not null)
        {
            DifferenceText.Write(host, result.Differences);
            return;
        }

        host.Write(Headline(result));
        WriteClaims(host, result.Claims);
        host.Write("\nBrackets are 95 % intervals over seeds. Not measured: that the analysis explains\nself-attention, which is an analogy, not a theorem about training Q, K and V.");
    }

    /// <summary>Each claim with its verdict, its effect and what was seen with it.</summary>
    public static void WriteClaims(CliHost host, IEnumerable<MeasuredClaim> claims)
    {
        foreach (MeasuredClaim claim in claims)
        {
            host.Write($"\n{Sign(claim.Verdict)} {claim.Claim}: {Verdict(claim)}.");
            host.Write($"  {LabWords.Number(claim.Effect)}: {claim.How}.");
            if (claim.Remark.Length > 0)
                host.Write($"  Seen with it: {claim.Remark}.");
        }
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(ClaimsResult result) => LabWords.Text(
        $"Of {result.Claims.Count} claims about softmax networks {result.Count(ClaimVerdict.Holds)} hold, {result.Count(ClaimVerdict.Conditional)} hold under a condition, and {result.Count(ClaimVerdict.Fails)} do not hold.");

    public static string Word(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "holds",
        ClaimVerdict.Conditional => "conditional",
        _ => "does not hold",
    };

    /// <summary>When a conditional claim holds; empty for others.</summary>
    public static string Condition(MeasuredClaim claim) => claim.Verdict == ClaimVerdict.Conditional ? claim.Condition : string.Empty;

    private static string Verdict(MeasuredClaim claim) =>
        claim.Verdict == ClaimVerdict.Conditional ? $"holds when {claim.Condition}" : Word(claim.Verdict);

    private static string Sign(ClaimVerdict verdict) => verdict switch
    {
        ClaimVerdict.Holds => "✓",
        ClaimVerdict.Conditional => "◐",
        _ => "✗",
    };
}
