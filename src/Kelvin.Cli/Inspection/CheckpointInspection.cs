using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;
using Kelvin.Inspection;
using Kelvin.Inspection.Checkpoints;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Tokenizers;

namespace Kelvin.Cli.Inspection;

/// <summary>Inspects a checkpoint's folder, or says what a lone file of weights is.</summary>
internal static class CheckpointInspection
{
    private const string FileEnding = ".safetensors";

    /// <summary>Whether a path is for this: a folder, a built-in model, or a safetensors file by its name.</summary>
    public static bool IsMeant(CliHost host, string path) =>
        Directory.Exists(host.FullPath(path)) || BuiltInModels.Find(host, path) is not null || path.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase);

    public static InspectionReport Run(CliHost host, string path, TextChoice text, int seed, int threads, CancellationToken cancellationToken)
    {
        if (path.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(host.FullPath(path)))
            throw WeightFileCheck.Of(host, path);

        using var progress = new ProgressLine(host, "Inspecting");
        return ModelFolder.Use(host, path, (checkpoint, tokenizer) => CheckpointInspector.Inspect(
            checkpoint,
            path,
            Options(host, path, checkpoint.Config, tokenizer, text, seed) with { Threads = threads, Progress = share => progress.Report(share) },
            cancellationToken));
    }

    private static CheckpointInspectionOptions Options(CliHost host, string path, TransformerConfig config, Tokenizer? tokenizer, TextChoice text, int seed)
    {
        (int[] Tokens, string Origin)? given = InspectedText.Read(host, new ModelTokens(path, config, tokenizer), text);
        if (given is not { } read)
            return CheckpointInspectionOptions.MadeUp(config, seed);

        int[] tokens = [.. read.Tokens.Take(text.Most ?? int.MaxValue)];
        if (tokens.Length == 0)
            throw new UsageException("The text is empty, and this model has no token that begins a text.", "Give at least one character, or --tokens.");
        if (tokens.Length > config.Context)
        {
            throw new UsageException(
                FormattableString.Invariant($"The text has {tokens.Length} tokens, but the model's context is {config.Context}."),
                FormattableString.Invariant($"Shorten it; --max-tokens {config.Context} takes its start."));
        }

        return new CheckpointInspectionOptions
        {
            Tokens = tokens,
            Origin = tokens.Length < read.Tokens.Length ? FormattableString.Invariant($"{read.Origin}, the first of {read.Tokens.Length}") : read.Origin,
            Pieces = InspectedText.Pieces(tokenizer, tokens),
            Seed = seed,
        };
    }
}
