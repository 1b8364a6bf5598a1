using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Kelvin.Cli.Training.Language.Config;

/// <summary>Section <c>remedies</c>: those that leave a model which other programs compute alike.</summary>
internal sealed record RemediesConfig
{
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("Longest gradient that is used as it is; longer ones are shortened to it.")]
    public double? ClipNorm { get; init; } = 1;

    [Range(0.0, double.MaxValue)]
    [Description("c of the z-loss c (log Z)² at the output; 1e-4 is customary.")]
    public double ZLoss { get; init; }

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("QK-clip's τ: the query and key weights of a head whose largest logit passed it are scaled back after the step. By default none is.")]
    public double? QkClip { get; init; }
}
