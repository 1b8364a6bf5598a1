namespace Kelvin.Cli.Lab.Attention;

/// <summary>What one layer, drawn by one seed, did.</summary>
internal sealed record AttentionSample
{
    public required AttentionKind Kind { get; init; }

    /// <summary>Whether only queries and keys were trained.</summary>
    public required bool IsAnalogy { get; init; }

    /// <summary>At the plan's checkpoints.</summary>
    public required IReadOnlyList<AttentionPoint> Points { get; init; }

    /// <summary>Share of the whole kernel's trace that belongs to queries and keys.</summary>
    public required double LogitShare { get; init; }

    /// <summary>Trace of the kernel with all logits multiplied, over the trace without.</summary>
    public required double Growth { get; init; }

    /// <summary>‖H − H₀‖/‖H₀‖ when a vector of length 1 is added to every key.</summary>
    public required double ShiftChange { get; init; }

    /// <summary>The largest stable step in multiples of 2/λ_max.</summary>
    public required double LargestStep { get; init; }

    /// <summary>Loss over the loss at the start after the budget at the best step tried.</summary>
    public required double BestLoss { get; init; }

    /// <summary>Share of the test sequences that the followed course answers right.</summary>
    public required double TestAccuracy { get; init; }

    public AttentionPoint Start => Points[0];

    public AttentionPoint End => Points[^1];
}
