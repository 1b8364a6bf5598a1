using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>One setting on the way from the reference's to ours.</summary>
/// <param name="Change">What the setting is, or what was changed since the one above.</param>
/// <param name="Values">What was measured, in the order of the difference's columns, with 95 % intervals.</param>
/// <param name="Remark">What was seen with it, or what the reference found there; empty for nothing.</param>
internal sealed record DifferenceStep(string Change, IReadOnlyList<Estimate> Values, string Remark = "");
