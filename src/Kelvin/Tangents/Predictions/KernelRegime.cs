using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Decides before training whether a problem is in the kernel regime: whether the kernel at the start predicts the loss.</summary>
/// <remarks>
/// <para>It walks the predicted path in strides (<see cref="PredictedPath"/>), 31 kernels for 1 000 steps, and compares the loss found there with what
/// the first kernel alone predicts. In the regime both agree within the tolerance until the loss has fallen to the floor.</para>
/// <para>This is a prediction of a prediction, no bound: how often it is right was measured on problems that it was not designed on; the numbers are in
/// the documentation of <c>kelvin lab dynamics</c>.</para>
/// </remarks>
public static class KernelRegime
{
    /// <summary>The path's own error at these strides is a small part of the change it measures; this much of the tolerance is kept for it.</summary>
    private const double Margin = 0.1;

    /// <summary>Checks a network, its data and a step size for training on the sum ½‖F − Y‖².</summary>
    /// <param name="network">The network at its start; left as it is.</param>
    /// <param name="set">Examples with targets, or with labels that become one-hot targets.</param>
    /// <param name="options">Step, momentum, steps and floor.</param>
    /// <param name="tolerance">Relative error of the loss that still counts as predicted, above 0.</param>
    /// <exception cref="ArgumentException">As <see cref="PredictedPath.Walk"/>.</exception>
    public static RegimeVerdict Check(TwoLayerNetwork<double> network, TrainingSet<double> set, PathOptions options, double tolerance = 0.05)
    {
        Require.Positive(tolerance);
        PredictedPath path = PredictedPath.Walk(network, set, options);
        CurveComparison curves = CurveComparison.Of(path.Start, path.Losses.Span, tolerance * (1 - Margin), options.Floor);
        PredictionEnd reason = curves.Reason(path.Start, path.Points, path.Losses.Span);
        return new RegimeVerdict(
            reason == PredictionEnd.Holds, reason, curves.Explain(reason, path.Start, path.Points), curves.LargestError, curves.FirstOff, path);
    }
}
