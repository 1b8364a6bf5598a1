using Kelvin.Transformers.Checkpoints;
using MathNet.Numerics.Random;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>What a checkpoint is run on, and how.</summary>
public sealed record CheckpointInspectionOptions
{
    /// <summary>The token ids, from 1 to the model's context.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>Where they came from, in words.</summary>
    public required string Origin { get; init; }

    /// <summary>The text of each token for pictures; empty to show the ids.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    /// <summary>Whether the next token counts as the right answer, so that the output head can be judged. False for tokens that were made up.</summary>
    public bool HasLabels { get; init; } = true;

    /// <summary>Seed of made-up tokens and of the intervals. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether the statistics of every row are kept. Default false: they take 136 bytes a row.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>Called after each layer with the share of the work done, from 0 to 1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Tokens for a model without a text: uniform over the vocabulary.</summary>
    /// <param name="config">Of the model.</param>
    /// <param name="seed">Same seed, same tokens.</param>
    public static CheckpointInspectionOptions MadeUp(TransformerConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        const int Most = 64;
        var random = new Xoshiro256StarStar(seed, false);
        return new CheckpointInspectionOptions
        {
            Tokens = [.. Enumerable.Range(0, Math.Min(Most, config.Context)).Select(_ => random.Next(config.VocabularySize))],
            Origin = "generated: uniform over the vocabulary",
            HasLabels = false,
            Seed = seed,
        };
    }
}
