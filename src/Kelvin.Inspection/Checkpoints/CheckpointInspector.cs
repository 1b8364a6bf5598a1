using System.Globalization;
using Kelvin.Reports;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>Runs a checkpoint on a text and reports every softmax in it: each layer's heads, and the output head.</summary>
/// <remarks>
/// <para>The whole text goes through one layer after another. Weights stay in the files and are read a few megabytes at a time, so that a checkpoint may be
/// larger than memory; scores are computed in float as the model does, 64 queries of a head at a time, and their softmax in double.</para>
/// <para>Memory beyond that: what <see cref="ModelScan"/> holds between layers, 0.2 kB for each query of a layer's heads, and up to 64 MB of output logits for
/// the calibration. Cost: one read of the weights, and for each head n² / 2 scores more than the pass itself.</para>
/// </remarks>
public static class CheckpointInspector
{
    /// <summary>Inspects a checkpoint.</summary>
    /// <param name="checkpoint">An open one.</param>
    /// <param name="label">The folder as the user named it.</param>
    /// <param name="options">What it is run on.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ModelFileException">A weight holds NaN or infinities, and the checkpoint does not allow them.</exception>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, or there are none or more than the context holds.</exception>
    public static InspectionReport Inspect(TransformerCheckpoint checkpoint, string label, CheckpointInspectionOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(options);
        TransformerConfig config = checkpoint.Config;
        var observer = new CheckpointObserver(config, options, cancellationToken);
        ModelScan.Run(LanguageModel.Over(checkpoint), options.Tokens.ToArray(), observer, options.Threads);
        (long held, long all) = observer.Bytes;
        return new InspectionReport
        {
            Source = label,
            Format = "safetensors",
            Facts = Facts(checkpoint),
            Inputs = [new InspectedInput("tokens", "int32", [1, options.Tokens.Count], options.Origin)],
            Seed = options.Seed,
            Sites = observer.Sites,
            Hidden = [],
            Patterns = observer.Patterns,
            Output = observer.Calibration,
            Pieces = options.Pieces.Count > 0 ? options.Pieces : [.. options.Tokens.Select(token => $"{token} ")],
            Memory = new InspectionMemory(checkpoint.WeightBytes, held, all, 1) { IsStreamed = true },
        };
    }

    private static Fact[] Facts(TransformerCheckpoint checkpoint)
    {
        TransformerConfig config = checkpoint.Config;
        return
        [
            new("Format", "safetensors, Hugging Face layout"),
            new("Family", config.Family == ModelFamily.Llama ? "Llama" : "GPT-2"),
            new("Layers", Number(config.Layers)),
            new("Heads", config.KeyValueHeads == config.Heads ? Number(config.Heads) : $"{Number(config.Heads)} query heads on {Number(config.KeyValueHeads)} key heads"),
            new("Width", $"{Number(config.Width)}, heads of {Number(config.HeadSize)}"),
            new("Vocabulary", Number(config.VocabularySize)),
            new("Context", Number(config.Context)),
        ];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
