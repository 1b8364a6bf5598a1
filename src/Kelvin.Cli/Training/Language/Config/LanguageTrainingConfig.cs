using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Training.Config;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>training</c> of a transformer.</summary>
internal sealed record LanguageTrainingConfig : ICheckedConfig
{
    [Range(1, 100_000_000)]
    [Description("Steps of the run. `--steps` beats it.")]
    public int Steps { get; init; } = 1000;

    [Range(1, 65_536)]
    [Description("Sequences that go through the model at once.")]
    public int Sequences { get; init; } = 16;

    [Range(1, 65_536)]
    [Description("How many such batches make one step; saves memory and changes nothing else.")]
    public int Accumulation { get; init; } = 1;

    [Range(1, 100_000_000)]
    [Description("The finished model is the mean of the weights after each of so many last steps (Polyak averaging), or of all where `--steps` asks for fewer; by default it is what the last step left.")]
    public int? AveragedSteps { get; init; }

    [Range(1, 100_000_000)]
    [Description("Steps between two measurements of the validation part; one is made at the end as well.")]
    public int ValidateSteps { get; init; } = 200;

    [Description("Whether the sequences come in the order in which the data hold them; by default the seed decides, and each pass has an order of its own.")]
    public bool KeepOrder { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Seeds of the starting weights and the order of the sequences. `--seed` beats it.")]
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems() => AveragedSteps > Steps
        ? [.. TrainingConfigs.SeedsTwice(Seeds), new("averaged_steps", FormattableString.Invariant($"training.averaged_steps is {AveragedSteps}, but the run has {Steps} steps."), "Average over fewer, or train longer.")]
        : TrainingConfigs.SeedsTwice(Seeds);
}
