using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>loss</c>.</summary>
internal sealed record LossConfig : ICheckedConfig
{
    [Description("Cross-entropy of the softmax of the outputs, or squared distance to the one-hot label.")]
    public LossKind Kind { get; init; } = LossKind.CrossEntropy;

    [Description("Whether a batch counts by its mean or, as in the theory, by its sum.")]
    public LossReduction Reduction { get; init; } = LossReduction.Mean;

    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    [Description("Share of a label's mass that is spread over all classes; cross-entropy only.")]
    public double LabelSmoothing { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (LabelSmoothing > 0 && Kind == LossKind.Squared)
            yield return new("label_smoothing", "loss.label_smoothing needs the cross-entropy loss, but loss.kind is squared.", "Remove label_smoothing, or take `kind: cross_entropy`.");
    }
}
