namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The JSON of <c>kelvin lab diffusion</c>.</summary>
internal sealed record DiffusionDocument
{
    public string Schema { get; } = "kelvin.lab.diffusion/1";

    public required int Seed { get; init; }

    public required IReadOnlyList<int> Sizes { get; init; }

    public required int Seeds { get; init; }

    public required IReadOnlyList<LearnerCurve> Curves { get; init; }

    public required IReadOnlyList<SamplerRow> Samplers { get; init; }

    public required IReadOnlyList<BoundRow> Bounds { get; init; }

    public required DigitsResult? Digits { get; init; }

    public static DiffusionDocument Of(DiffusionResult result) => new()
    {
        Seed = result.Plan.Seed,
        Sizes = result.Plan.Sizes,
        Seeds = result.Plan.Seeds,
        Curves = result.Curves,
        Samplers = result.Samplers,
        Bounds = result.Bounds,
        Digits = result.Digits,
    };
}
