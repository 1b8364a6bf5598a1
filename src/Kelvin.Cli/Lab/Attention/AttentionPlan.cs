namespace Kelvin.Cli.Lab.Attention;

/// <summary>What <c>kelvin lab attention</c> computes.</summary>
internal sealed record AttentionPlan
{
    public required string Task { get; init; }

    /// <summary>Sequences to train on.</summary>
    public required int Sequences { get; init; }

    /// <summary>Other sequences to measure on.</summary>
    public required int TestSequences { get; init; }

    /// <summary>d.</summary>
    public required int Width { get; init; }

    public required int Seeds { get; init; }

    /// <summary>Steps of the course that is followed.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of each run that looks for the largest stable step.</summary>
    public required int Budget { get; init; }

    /// <summary>The followed course's step, as a share of 2/λ_max.</summary>
    public double StepShare { get; init; } = 0.25;

    /// <summary>c of softmax at T = 1; the others' c makes their kernel's trace the same.</summary>
    public double OutputScale { get; init; } = 4;

    /// <summary>By how much the queries are multiplied to see what larger logits do to the kernel.</summary>
    public double Growth { get; init; } = 8;

    /// <summary>The steps at which the course is looked at, at about equal ratios.</summary>
    public IReadOnlyList<int> Checkpoints =>
        [0, .. Enumerable.Range(0, 32).Select(i => 1 << i).TakeWhile(step => step < Steps), Steps];
}
