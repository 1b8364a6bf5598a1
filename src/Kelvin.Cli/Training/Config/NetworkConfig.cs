using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Networks;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>network</c>.</summary>
internal sealed record NetworkConfig : ICheckedConfig
{
    [Description("What the hidden layer does.")]
    public HiddenActivation Activation { get; init; } = HiddenActivation.Softmax;

    [Range(1, 1_000_000)]
    [Description("Number of hidden units.")]
    public int Hidden { get; init; } = 128;

    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    [Description("Divides the pre-activations of the hidden layer; below 1 a hidden softmax is sharper.")]
    public double Temperature { get; init; } = 1;

    [Description("How outputs and starting weights are scaled: standard practice, the tangent-kernel scaling, or the theory's own.")]
    public Parametrisation Parametrisation { get; init; } = Parametrisation.Standard;

    [Description("Whether the output weights are trained; in the theory they stay at +1 and -1.")]
    public bool TrainOutput { get; init; } = true;

    [Description("Whether there are biases, starting at 0.")]
    public bool Bias { get; init; } = true;

    [Range(0.0, double.MaxValue)]
    [Description("Size of the starting hidden weights.")]
    public double InitialScale { get; init; } = 1;

    [Range(0.0, double.MaxValue)]
    [Description("Multiplies the starting output weights.")]
    public double OutputInitialScale { get; init; } = 1;

    [Description("Whether units start in pairs that cancel, so that the first outputs are 0; needs an even number of units.")]
    public bool SymmetricStart { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (SymmetricStart && Hidden % 2 != 0)
            yield return new("hidden", FormattableString.Invariant($"network.hidden is {Hidden}, but must be even for symmetric_start."), FormattableString.Invariant($"Take {Hidden + 1}."));
    }
}
