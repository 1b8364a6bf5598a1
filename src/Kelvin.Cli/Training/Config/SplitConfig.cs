using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>data.split</c>.</summary>
internal sealed record SplitConfig : ICheckedConfig
{
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    [Description("Share to learn from.")]
    public double Train { get; init; } = 0.6;

    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [Description("Share to stop early by, to choose the best weights by and to fit the temperature on.")]
    public double Validation { get; init; } = 0.2;

    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [Description("Share that is only measured on, once, at the end.")]
    public double Test { get; init; } = 0.2;

    [Range(0, int.MaxValue)]
    [Description("Seed of the split. It is not the seed of the network: runs with other seeds see the same split.")]
    public int Seed { get; init; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        double sum = Train + Validation + Test;
        if (Math.Abs(sum - 1) > 1e-9)
        {
            yield return new(
                "train",
                FormattableString.Invariant($"the shares train, validation and test add up to {sum:0.######}, but must add up to 1."),
                "For example train: 0.6, validation: 0.2, test: 0.2.");
        }
    }
}
