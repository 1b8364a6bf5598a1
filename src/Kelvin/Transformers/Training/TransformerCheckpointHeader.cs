using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Training;

/// <summary>What the checkpoint of a transformer in training says in JSON before its numbers.</summary>
internal sealed record TransformerCheckpointHeader : ICheckpointHeader
{
    /// <inheritdoc/>
    public static string Kind => CheckpointKind.Transformer;

    public required string Element { get; init; }

    public required TransformerConfig Model { get; init; }

    public required TransformerTrainingOptions Training { get; init; }

    /// <summary>SHA-256 of the training and validation data: an exact resume needs the same.</summary>
    public required string Data { get; init; }

    public required TransformerTrainerState State { get; init; }

    public required int[] Lengths { get; init; }
}
