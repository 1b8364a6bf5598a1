using Kelvin.Cli.Frame;
using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Claims;

/// <summary>A claim and its measurement.</summary>
/// <param name="Id">Its name, which stays from version to version.</param>
/// <param name="Claim">The claim in a sentence.</param>
/// <param name="How">How it was measured, and what the effect is.</param>
/// <param name="Effect">The effect with its 95 % interval.</param>
/// <param name="Seeds">Seeds behind it.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Condition">When a conditional one holds, to be read after "when"; of no meaning for others.</param>
/// <param name="Remark">What was seen beside the effect, in numbers; empty for nothing.</param>
/// <param name="Plot">The picture.</param>
internal sealed record MeasuredClaim(
    string Id, string Claim, string How, Estimate Effect, int Seeds, ClaimVerdict Verdict, string Condition, string Remark, Block Plot);
