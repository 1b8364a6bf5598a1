namespace Kelvin.Networks;

/// <summary>What a checkpoint says in JSON before its numbers.</summary>
internal sealed record CheckpointHeader : ICheckpointHeader
{
    /// <inheritdoc/>
    public static string Kind => CheckpointKind.Network;

    /// <summary>"float" or "double".</summary>
    public required string Element { get; init; }

    public required NetworkOptions Network { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>SHA-256 of the training and validation data: an exact resume needs the same.</summary>
    public required string Data { get; init; }

    public required TrainerState State { get; init; }

    /// <summary>Lengths of the arrays that follow: parameters, then the optimiser's, then the best parameters.</summary>
    public required int[] Lengths { get; init; }
}
