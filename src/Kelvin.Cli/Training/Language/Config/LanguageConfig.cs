using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>What <c>kelvin train FILE.yaml</c> reads where the file has a section <c>model</c>: the training of a transformer.</summary>
internal sealed record LanguageConfig
{
    [Description("What the run is called in reports and folders; by default the name of the file.")]
    public string? Name { get; init; }

    [Required]
    [Description("The text to learn from.")]
    public TextConfig Data { get; init; } = new();

    [Required]
    [Description("The transformer.")]
    public ModelConfig Model { get; init; } = new();

    [Description("How text becomes tokens.")]
    public TokenizerConfig Tokenizer { get; init; } = new();

    [Description("How gradients become updates: AdamW.")]
    public LanguageOptimiserConfig Optimiser { get; init; } = new();

    [Description("The learning rate's course over the run.")]
    public LanguageScheduleConfig Schedule { get; init; } = new();

    [Description("What keeps the softmaxes healthy.")]
    public RemediesConfig Remedies { get; init; } = new();

    [Description("Batches, steps and seeds.")]
    public LanguageTrainingConfig Training { get; init; } = new();

    [Description("The table of accuracy by task, phrasing and temperature; with `source: tasks` only.")]
    public EvaluationConfig Evaluation { get; init; } = new();

    [Description("What is written, and where.")]
    public LanguageOutputConfig Output { get; init; } = new();
}
