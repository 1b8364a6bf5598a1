using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>optimiser</c>.</summary>
internal sealed record OptimiserConfig
{
    [Description("The rule.")]
    public OptimiserKind Kind { get; init; } = OptimiserKind.Adam;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("The largest learning rate of the run.")]
    public double LearningRate { get; init; } = 0.01;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Share of the last velocity that is kept; momentum only.")]
    public double Momentum { get; init; } = 0.9;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Memory of the mean gradient; adam and adam_w only.")]
    public double Beta1 { get; init; } = 0.9;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Memory of the squared gradient; adam and adam_w only.")]
    public double Beta2 { get; init; } = 0.999;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("Added to the root of the squared gradient; adam and adam_w only.")]
    public double Epsilon { get; init; } = 1e-8;

    [Range(0.0, double.MaxValue)]
    [Description("Pull of the weights, not the biases, towards 0.")]
    public double WeightDecay { get; init; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("Longest gradient that is used as it is; longer ones are shortened to it. By default none is.")]
    public double? ClipNorm { get; init; }
}
