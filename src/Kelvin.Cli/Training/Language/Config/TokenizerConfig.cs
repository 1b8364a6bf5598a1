using System.ComponentModel;
using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>tokenizer</c>.</summary>
internal sealed record TokenizerConfig : ICheckedConfig
{
    [Description("A token for each byte, a token for each character that the data have, or a tokenizer.json.")]
    public TokenizerKind Kind { get; init; } = TokenizerKind.Bytes;

    [Description("Path of the tokenizer.json, from the folder of this file; with `kind: file`.")]
    public string? File { get; init; }

    [Description("The token that ends a text, as the tokenizer.json spells it; by default the usual one that it has.")]
    public string? End { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (Kind == TokenizerKind.File && File is null)
            yield return new("kind", "tokenizer.kind is file, but tokenizer.file is missing.", "Add `file:` with the path of a tokenizer.json.");
        if (Kind != TokenizerKind.File && (File ?? End) is not null)
            yield return new(File is null ? "end" : "file", "tokenizer.file and tokenizer.end are for a tokenizer.json, but tokenizer.kind is another.", "Remove them, or take `kind: file`.");
    }
}
