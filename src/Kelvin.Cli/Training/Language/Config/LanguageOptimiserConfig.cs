using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>optimiser</c> of a transformer.</summary>
internal sealed record LanguageOptimiserConfig
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The largest learning rate of the run.")]
    public double LearningRate { get; init; } = 1e-3;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Memory of the mean gradient.")]
    public double Beta1 { get; init; } = 0.9;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Memory of the squared gradient.")]
    public double Beta2 { get; init; } = 0.98;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("Added to the root of the squared gradient.")]
    public double Epsilon { get; init; } = 1e-8;

    [Range(0.0, double.MaxValue)]
    [Description("Pull of the matrices, not of gains and biases, towards 0.")]
    public double WeightDecay { get; init; } = 0.1;
}
