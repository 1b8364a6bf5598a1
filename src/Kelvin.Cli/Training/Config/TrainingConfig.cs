using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>training</c>.</summary>
internal sealed record TrainingConfig : ICheckedConfig
{
    [Range(1, 1_000_000)]
    [Description("Passes through the training data, unless early stopping ends it sooner. `--epochs` beats it.")]
    public int Epochs { get; init; } = 100;

    [Range(1, 1_000_000)]
    [Description("Examples in a step; left empty, all of them.")]
    public int? BatchSize { get; init; } = 32;

    [Range(1, 1_000_000)]
    [Description("Stops after so many epochs in a row without a better validation result; by default never.")]
    public int? Patience { get; init; }

    [Description("What makes a validation result better. The network ends with the best weights.")]
    public SelectionMetric SelectBy { get; init; } = SelectionMetric.Loss;

    [Range(0, int.MaxValue)]
    [Description("Seeds of the starting weights and the order of the examples; with several, mean and interval are reported. `--seed` beats it.")]
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems() => TrainingConfigs.SeedsTwice(Seeds);
}
