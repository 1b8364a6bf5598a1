using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>data</c>.</summary>
internal sealed record TextConfig : ICheckedConfig
{
    /// <summary>The source that Kelvin makes itself.</summary>
    public const string Tasks = "tasks";

    [Required]
    [Description("Text files, folders of .txt and .md files, or JSONL files of prompts with completions, from the folder of this file; or `tasks`, which Kelvin makes itself.")]
    public IReadOnlyList<string> Source { get; init; } = [];

    [Description("Running text, or a JSON object with `prompt` and `completion` in each line, of which the loss counts the completion; auto goes by the ending .jsonl.")]
    public TextFormat Format { get; init; } = TextFormat.Auto;

    [Range(0.0, 0.5, MinimumIsExclusive = true)]
    [Description("Share to validate on: the end of a running text, or pairs chosen at random; 2000 held-out items with `tasks`.")]
    public double ValidationShare { get; init; } = 0.05;

    [Range(2, 1_000_000)]
    [Description("Tokens in a sequence; by default the model's context for running text and the longest pair's for prompts.")]
    public int? Length { get; init; }

    [Range(1, 100_000_000)]
    [Description("How many items are made; with `tasks` only.")]
    public int Items { get; init; } = 100_000;

    [Range(0, int.MaxValue)]
    [Description("Seed of the items and of the choice for validation. It is not the seed of the model: runs with other seeds see the same data.")]
    public int Seed { get; init; } = 1;

    /// <summary>Whether the items are made here.</summary>
    public bool IsTasks => Source is [Tasks];

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (Source.Any(string.IsNullOrWhiteSpace))
            yield return new("source", "data.source holds an empty name, but must name text.", "Give paths, or `tasks`.");
        if (IsTasks && Format != TextFormat.Auto)
            yield return new("format", "data.format is for files, but data.source is tasks.", "Remove it.");
    }
}
