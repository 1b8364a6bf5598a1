using Kelvin.Cli.Frame;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;
using Kelvin.Transformers.Weights;

namespace Kelvin.Cli.Models;

/// <summary>A model opened for decoding, and the tokenizer beside it if there is one.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Model">Its weights in memory.</param>
/// <param name="Tokenizer">Its tokenizer; null where the folder has none.</param>
internal sealed record ModelFolder(string Name, LanguageModel Model, Tokenizer? Tokenizer)
{
    /// <summary>What the user gives, as tokens of this model.</summary>
    public ModelTokens Tokens => new(Name, Model.Config, Tokenizer);

    /// <summary>Reads a model's folder.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The folder as the user wrote it, or the name of a built-in model.</param>
    /// <param name="format">How to keep the weights.</param>
    /// <exception cref="UsageException">It is no model, is damaged, or does not fit itself.</exception>
    public static ModelFolder Open(CliHost host, string path, WeightFormat format) =>
        Use(host, path, (checkpoint, tokenizer) => new ModelFolder(path, LanguageModel.Load(checkpoint, format), tokenizer));

    /// <summary>Opens a model's folder, uses its files, and closes them.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The folder as the user wrote it, or the name of a built-in model.</param>
    /// <param name="use">Is given the open checkpoint, and the tokenizer if there is one.</param>
    /// <exception cref="UsageException">It is no model, is damaged, or does not fit itself.</exception>
    public static T Use<T>(CliHost host, string path, Func<TransformerCheckpoint, Tokenizer?, T> use)
    {
        string folder = BuiltInModels.Find(host, path) ?? host.FullPath(path);
        if (File.Exists(folder))
            throw new UsageException($"{path} is a file, but must be a model's folder with its config.json.", $"Name the folder that holds it: {host.ShortPath(Path.GetDirectoryName(folder)!)}.");
        if (!Directory.Exists(folder))
        {
            string? nearest = NearestName.Of(path, BuiltInModels.Names);
            throw new UsageException(
                $"There is no model {path}: no such folder.",
                nearest is null ? $"Looked for {folder}; built in is {string.Join(", ", BuiltInModels.Names)}." : $"Did you mean {nearest}?");
        }

        try
        {
            using TransformerCheckpoint checkpoint = TransformerCheckpoint.Open(folder);
            return use(checkpoint, File.Exists(Path.Combine(folder, TokenizerFile.FileName)) ? TokenizerFile.LoadFor(folder, checkpoint.Config) : null);
        }
        catch (ModelFileException refused)
        {
            throw new UsageException($"{host.ShortPath(refused.File)}: {refused.Problem}", refused.Remedy, refused);
        }
    }
}
