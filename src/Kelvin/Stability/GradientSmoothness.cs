using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>The third mechanism: how quickly the gradient changes along the direction that descent takes.</summary>
/// <param name="Loss">The loss at w.</param>
/// <param name="GradientNorm">‖g(w)‖₂.</param>
/// <param name="WeightNorm">‖w‖₂ over the trained parameters.</param>
/// <param name="Lipschitz">‖g(w + δ) − g(w)‖/‖δ‖, a local Lipschitz constant of the gradient; the descent is stable along δ while η times it is below 2.</param>
public readonly record struct GradientSmoothness(double Loss, double GradientNorm, double WeightNorm, double Lipschitz)
{
    /// <summary>Length of δ relative to ‖w‖ that <see cref="Measure"/> takes by default.</summary>
    public const double DefaultRelativeStep = 1e-4;

    /// <summary>
    /// Lipschitz·‖w‖/‖g‖ = (‖g(w + δ) − g(w)‖/‖g‖)/(‖δ‖/‖w‖): the relative change of the gradient per relative change of the weights. Free
    /// of units, so that networks of different scale compare.
    /// </summary>
    public double Relative => Lipschitz * WeightNorm / GradientNorm;

    /// <summary>Measures a network on a labelled set.</summary>
    /// <param name="network">The network; its weights are the same to the bit afterwards.</param>
    /// <param name="set">Examples with labels, all in one batch.</param>
    /// <param name="loss">Which loss.</param>
    /// <param name="workspace">Made for the network's options; overwritten, and grown to the set.</param>
    /// <param name="relativeStep">‖δ‖/‖w‖ > 0; small enough to be local, large enough to rise above rounding.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <returns>δ = −relativeStep·‖w‖·g/‖g‖. NaN where the gradient is 0 or not finite.</returns>
    /// <remarks>
    /// <para>Accuracy: rounding adds about ε‖g‖/‖δ‖ to the constant, ε = 2⁻²⁴ in float and 2⁻⁵³ in double; prefer double.</para>
    /// <para>Cost: two gradients, and two vectors of the parameters' length.</para>
    /// </remarks>
    public static GradientSmoothness Measure<T>(
        TwoLayerNetwork<T> network,
        TrainingSet<T> set,
        LossOptions loss,
        NetworkWorkspace<T> workspace,
        double relativeStep = DefaultRelativeStep,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(workspace);
        Require.Positive(relativeStep);
        double value = network.LossAndGradient(set.Inputs, set.Labels, loss, workspace, threads);
        T[] gradient = workspace.Gradient.ToArray();
        Span<T> weights = network.TrainedParameters.Span;
        T[] kept = weights.ToArray();
        double gradientNorm = Magnitude.Norm<T>(gradient);
        double weightNorm = Magnitude.Norm<T>(weights);

        TensorPrimitives.MultiplyAdd(gradient, T.CreateTruncating(-relativeStep * weightNorm / gradientNorm), weights, weights);
        network.LossAndGradient(set.Inputs, set.Labels, loss, workspace, threads);
        TensorPrimitives.Subtract(weights, kept, weights);
        double moved = Magnitude.Norm<T>(weights);
        kept.CopyTo(weights);

        TensorPrimitives.Subtract(workspace.Gradient, gradient, gradient);
        return new GradientSmoothness(value, gradientNorm, weightNorm, Magnitude.Norm<T>(gradient) / moved);
    }
}
