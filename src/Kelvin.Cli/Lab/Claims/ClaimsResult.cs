namespace Kelvin.Cli.Lab.Claims;

/// <summary>All claims that were measured.</summary>
/// <param name="Claims">In the order of the theory.</param>
internal sealed record ClaimsResult(IReadOnlyList<MeasuredClaim> Claims)
{
    /// <summary>How many came out so.</summary>
    public int Count(ClaimVerdict verdict) => Claims.Count(claim => claim.Verdict == verdict);
}
