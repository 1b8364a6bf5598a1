using Kelvin.Cli.Lab.Claims;

namespace Kelvin.Cli.Lab.Attention;

/// <summary>The JSON of <c>kelvin lab attention</c>.</summary>
internal sealed record AttentionDocument
{
    public string Schema { get; } = "kelvin.lab.attention/1";

    public required string Task { get; init; }

    public required string Question { get; init; }

    public required int Seed { get; init; }

    public required AttentionPlan Plan { get; init; }

    public required IReadOnlyList<ClaimsDocument.ClaimFacts> Claims { get; init; }

    public required IReadOnlyList<AttentionRow> Rows { get; init; }

    public static AttentionDocument Of(LabRun run, AttentionResult result) => new()
    {
        Task = result.Task.Name,
        Question = result.Task.Question,
        Seed = run.Seed,
        Plan = result.Plan,
        Claims = [.. result.Claims.Select(ClaimsDocument.ClaimFacts.Of)],
        Rows = AttentionRow.All(result),
    };
}
