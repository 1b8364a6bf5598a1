namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>All that a diffusion experiment depends on; the first line of its journal.</summary>
internal sealed record DiffusionPlan
{
    /// <summary>Grows when results of an older version can no longer be taken over.</summary>
    public int Version { get; init; } = 2;

    public required int Seed { get; init; }

    public required bool HasMixture { get; init; }

    public required bool HasDigits { get; init; }

    /// <summary>Times at which the score is learnt, of the process with β = 1.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Numbers of examples.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    public required int Seeds { get; init; }

    public required int FreshPoints { get; init; }

    public required int NetworkSteps { get; init; }

    /// <summary>Steps of the samplers.</summary>
    public required IReadOnlyList<int> SamplerSteps { get; init; }

    public required int SamplerSeeds { get; init; }

    public required int Samples { get; init; }

    public required int DenoiserSteps { get; init; }

    public required bool SamplesKernels { get; init; }

    public required int BoundDraws { get; init; }

    public required int CoverageRuns { get; init; }

    public required int GeneratorSteps { get; init; }

    public static DiffusionPlan Full(int seed, bool mixture, bool digits) => new()
    {
        Seed = seed,
        HasMixture = mixture,
        HasDigits = digits,
        Times = [0.1, 0.5, 1],
        Sizes = [100, 200, 400, 800],
        Seeds = 6,
        FreshPoints = 2000,
        NetworkSteps = 1500,
        SamplerSteps = [20, 50],
        SamplerSeeds = 5,
        Samples = 2000,
        DenoiserSteps = 4000,
        SamplesKernels = true,
        BoundDraws = 20_000,
        CoverageRuns = 200,
        GeneratorSteps = 1200,
    };

    public static DiffusionPlan Quick(int seed, bool mixture, bool digits) => Full(seed, mixture, digits) with
    {
        Times = [0.1, 1],
        Sizes = [100, 200, 400],
        Seeds = 3,
        FreshPoints = 1000,
        NetworkSteps = 500,
        SamplerSteps = [20],
        SamplerSeeds = 3,
        Samples = 1000,
        DenoiserSteps = 1000,
        SamplesKernels = false,
        BoundDraws = 5000,
        CoverageRuns = 0,
        GeneratorSteps = 500,
    };
}
