namespace Kelvin.Cli.Lab.Ntk;

/// <summary>The JSON of <c>kelvin lab ntk</c>.</summary>
internal sealed record NtkDocument
{
    public string Schema { get; } = "kelvin.lab.ntk/1";

    public required string Data { get; init; }

    public required string Question { get; init; }

    public required int Rows { get; init; }

    public required int Seed { get; init; }

    public required NtkPlan Plan { get; init; }

    /// <summary>Why λ_min is 0 whatever the network; null where it is not.</summary>
    public required string? Singular { get; init; }

    public required IReadOnlyList<NtkLimit> Limits { get; init; }

    public required IReadOnlyList<NtkPoint> Points { get; init; }

    public static NtkDocument Of(LabRun run, NtkResult result) => new()
    {
        Data = result.Problem.Name,
        Question = result.Problem.Question,
        Rows = result.Problem.Set.Rows,
        Seed = run.Seed,
        Plan = result.Plan,
        Singular = result.Singular,
        Limits = result.Limits,
        Points = result.Points,
    };
}
