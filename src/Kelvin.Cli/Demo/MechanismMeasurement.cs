using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Demo;

/// <summary>The three mechanisms, measured on one network: at its start and along its run with the safe step.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Seed">Seed of the starting weights.</param>
/// <param name="StableStep">2/λ_max at the start.</param>
/// <param name="Scaling">Gradients after the safe run as the logits are scaled.</param>
/// <param name="OutputBound">What the largest gradient of the outputs cannot exceed; null for activations without a bound.</param>
/// <param name="AtStart">Spread over the inputs before training.</param>
/// <param name="AtEnd">Spread over the inputs after it.</param>
/// <param name="SmoothnessSteps">Steps at which the smoothness was measured.</param>
/// <param name="Smoothness">Smoothness of the gradient at those steps.</param>
internal sealed record MechanismMeasurement(
    HiddenActivation Activation,
    int Seed,
    double StableStep,
    IReadOnlyList<LogitScalingPoint> Scaling,
    double? OutputBound,
    InputSpread AtStart,
    InputSpread AtEnd,
    IReadOnlyList<long> SmoothnessSteps,
    IReadOnlyList<GradientSmoothness> Smoothness)
{
    /// <summary>Median along the run of the relative change of the gradient.</summary>
    public double MedianRoughness => Median([.. Smoothness.Select(point => point.Relative)]);

    /// <summary>Largest value of the same.</summary>
    public double LargestRoughness => Smoothness.Max(point => point.Relative);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
