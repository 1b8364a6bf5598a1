using Kelvin.Cli.Lab.Claims.Differences;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>The JSON of <c>kelvin lab claims</c>.</summary>
internal sealed record ClaimsDocument
{
    public string Schema { get; } = "kelvin.lab.claims/1";

    public required bool Quick { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<ClaimFacts> Claims { get; init; }

    /// <summary>Where the numbers differ from the reference's; null unless asked for.</summary>
    public required IReadOnlyList<MeasuredDifference>? Differences { get; init; }

    public static ClaimsDocument Of(LabRun run, ClaimsResult result) => new()
    {
        Quick = run.IsQuick,
        Seed = run.Seed,
        Differences = result.Differences,
        Claims = [.. result.Claims.Select(ClaimFacts.Of)],
    };

    internal sealed record ClaimFacts(
        string Id, string Claim, string How, double Effect, double Low, double High, int Seeds, ClaimVerdict Verdict, string Condition, string Remark)
    {
        public static ClaimFacts Of(MeasuredClaim claim) => new(
            claim.Id, claim.Claim, claim.How, claim.Effect.Value, claim.Effect.Low, claim.Effect.High, claim.Seeds, claim.Verdict, ClaimsText.Condition(claim), claim.Remark);
    }
}
