using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>How a quantity of softmax networks relates to that of others with the same seeds; smaller is better.</summary>
/// <param name="When">What is compared, to be read after "held when".</param>
/// <param name="Other">The other activation.</param>
/// <param name="Ratio">Softmax divided by the other, geometric mean over seeds.</param>
internal sealed record Comparison(string When, HiddenActivation Other, Estimate Ratio)
{
    /// <summary>Softmax is smaller, by more than chance.</summary>
    public bool Holds => Ratio.High < 1;

    /// <summary>Softmax is larger, by more than chance.</summary>
    public bool Fails => Ratio.Low > 1;

    /// <summary>Pairs the seeds of two activations.</summary>
    public static Comparison Of(
        string when, IReadOnlyList<MechanismMeasurement> all, HiddenActivation other, Func<MechanismMeasurement, double> quantity)
    {
        IEnumerable<double> ratios =
            from softmax in all
            where softmax.Activation == HiddenActivation.Softmax
            from match in all
            where match.Activation == other && match.Seed == softmax.Seed
            select quantity(softmax) / quantity(match);
        return new Comparison(when, other, Estimate.GeometricMean(ratios));
    }
}
