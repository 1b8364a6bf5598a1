using Kelvin.Cli.Lab.Claims.Differences;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>All that was measured.</summary>
/// <param name="Claims">In the order of the theory; empty where only the differences were asked for.</param>
/// <param name="Differences">Where the numbers differ from the reference's; null if that was not asked for.</param>
internal sealed record ClaimsResult(IReadOnlyList<MeasuredClaim> Claims, IReadOnlyList<MeasuredDifference>? Differences = null)
{
    /// <summary>How many came out so.</summary>
    public int Count(ClaimVerdict verdict) => Claims.Count(claim => claim.Verdict == verdict);
}
