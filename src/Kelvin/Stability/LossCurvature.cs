using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Stability;

/// <summary>Finds how curved a loss is at most, and from that the largest step that gradient descent bears.</summary>
/// <remarks>
/// <para>λ_max is the largest eigenvalue of the Gauss–Newton matrix Jᵀ S J, J = ∂F/∂θ over all examples and S the Hessian of the loss by the
/// outputs. For the squared loss S = 1 and λ_max is that of the tangent kernel J Jᵀ. Unlike the full Hessian it does not see the kinks of ReLU.</para>
/// <para>Near a fit, descent is stable exactly while η &lt; 2/λ_max. In training λ_max moves, so η ≤ ¼ of it is a safer choice (theory section 4).</para>
/// <para>Source: Jacot, Gabriel and Hongler, arXiv 1806.07572; Cohen et al., arXiv 2103.00065, on where descent ends up beyond that step.</para>
/// </remarks>
public static class LossCurvature
{
    /// <summary>Computes λ_max by the Lanczos method.</summary>
    /// <param name="network">The network; its weights are the same to the bit afterwards.</param>
    /// <param name="set">Examples with labels, all in one batch.</param>
    /// <param name="loss">Which loss; without label smoothing, which does not change S anyway.</param>
    /// <param name="options">Tolerance, limit and seed; by default a relative tolerance of 0.001 and 60 products.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <returns>The estimate, with what is left of its residual.</returns>
    /// <remarks>
    /// <para>J v = (F(θ + εv) − F(θ − εv))/(2ε) with ‖v‖ = 1 and ε = 10⁻⁴: its error is of order ε² times the third derivative.</para>
    /// <para>Cost: three forward passes and one backward a product; as many vectors of the parameters' length as products.</para>
    /// </remarks>
    public static EigenvalueEstimate Largest(
        TwoLayerNetwork<double> network, TrainingSet<double> set, LossOptions loss, EigenvalueOptions? options = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new EigenvalueOptions { Tolerance = 1e-3, MaxIterations = 60 };
        return ExtremeEigenvalues.Lanczos(new GaussNewton(network, set, loss, threads), options).Largest;
    }

    /// <summary>The step at which gradient descent begins to overshoot: 2/λ_max; +∞ if λ_max is not positive, NaN if it is NaN.</summary>
    public static double StableStep(EigenvalueEstimate largest)
    {
        ArgumentNullException.ThrowIfNull(largest);
        return largest.Value <= 0 ? double.PositiveInfinity : 2 / largest.Value;
    }
}
