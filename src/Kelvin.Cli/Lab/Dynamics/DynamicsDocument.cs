namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>The JSON of <c>kelvin lab dynamics</c>.</summary>
internal sealed record DynamicsDocument
{
    public string Schema { get; } = "kelvin.lab.dynamics/1";

    public required string Data { get; init; }

    public required string Question { get; init; }

    public required int Rows { get; init; }

    public required int Seed { get; init; }

    public required int Hidden { get; init; }

    public required double Targets { get; init; }

    public required double Tolerance { get; init; }

    /// <summary>Runs of which the check said before training what came true.</summary>
    public required int Foretold { get; init; }

    public required string? Singular { get; init; }

    public required IReadOnlyList<DynamicsCourse> Courses { get; init; }

    public required IReadOnlyList<BatchCourse> Batches { get; init; }

    public static DynamicsDocument Of(LabRun run, DynamicsResult result) => new()
    {
        Data = result.Problem.Name,
        Question = result.Problem.Question,
        Rows = result.Problem.Set.Rows,
        Seed = run.Seed,
        Hidden = result.Plan.Hidden,
        Targets = result.Plan.Targets,
        Tolerance = result.Plan.Tolerance,
        Foretold = result.Foretold,
        Singular = result.Singular,
        Courses = result.Courses,
        Batches = result.Batches,
    };
}
