namespace Kelvin.Tangents.Certificates;

/// <summary>A ball around a point of the path that gradient descent cannot leave, and in which its loss falls to 0.</summary>
/// <param name="Radius">ρ, around the centre path's point.</param>
/// <param name="Factor">L_{k+1} ≤ Factor·L_k.</param>
/// <remarks>
/// Where σ_min(J)² ≥ μ and the Hessian of the loss is at most M with ηM &lt; 2, a step takes the share 2ηκμ of the loss, κ = 1 − ηM/2, and all steps
/// together are no longer than ‖u‖/(κ√μ).
/// </remarks>
internal sealed record TailBall(double Radius, double Factor)
{
    private const int Rounds = 10;

    /// <summary>Looks for such a ball; null where none closes.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="point">A point of the centre path.</param>
    /// <param name="modes">Its kernel.</param>
    /// <param name="radius">r: the weights are within r of it.</param>
    /// <param name="residual">Bound of ‖u‖ at the weights.</param>
    /// <param name="learningRate">η.</param>
    public static TailBall? Find(
        CertificateProblem problem, CentrePoint point, KernelModes modes, double radius, double residual, double learningRate)
    {
        if (!(modes.Smallest > 0) || !double.IsFinite(residual))
            return null;

        var bounds = new SegmentBounds(problem, point, new CentreSegment(modes, point.Residual, learningRate, 1));
        double root = Math.Sqrt(modes.Largest);
        double ball = radius + (1.5 * residual / Math.Sqrt(modes.Smallest));
        for (int round = 0; round < Rounds; round++)
        {
            var region = new TubeRegion(problem, point, bounds, root, ball, double.PositiveInfinity);
            double slope = Math.Sqrt(modes.Smallest) - region.JacobianChange;
            if (!(slope > 0))
                return null;
            double kept = 1 - (0.5 * learningRate * region.WithCurvature().LargestCurvature);
            if (!(kept > 0))
                return null;
            double needed = radius + (residual / (kept * slope));
            if (needed <= ball)
                return new TailBall(ball, 1 - (2 * learningRate * kept * slope * slope));
            ball = 1.1 * needed;
        }

        return null;
    }
}
