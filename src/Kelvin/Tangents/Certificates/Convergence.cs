using System.Numerics.Tensors;
using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>Whether the loss must fall to 0 after the last step that the curve covers, and how fast.</summary>
/// <remarks>For smooth activations by <see cref="TailBall"/>; for ReLU where no unit can reach its kink any more, so that the rest is linear.</remarks>
internal static class Convergence
{
    public static CertificateStatement After(CertificateProblem problem, CertifiedCurve curve, double learningRate, KernelRank rank)
    {
        if (rank.IsSingular)
        {
            return new CertificateStatement(
                CertificateVerdict.Vacuous, 1, 1, rank.Reason + " No convergence of the loss to 0 can be promised, only the curve up to the last step.");
        }

        if (curve.Stop != StopReason.Finished || curve.End is null)
            return Nothing("The curve does not reach the last step, so nothing is known of what follows.");

        double residual = curve.Residual[^1];
        return problem.Activation == HiddenActivation.Relu
            ? OfRelu(problem, curve, curve.End, learningRate, residual)
            : OfSmooth(problem, curve, curve.End, learningRate, residual);
    }

    private static CertificateStatement OfSmooth(
        CertificateProblem problem, CertifiedCurve curve, CentrePoint end, double learningRate, double residual)
    {
        var modes = new KernelModes(problem, end);
        TailBall? ball = TailBall.Find(problem, end, modes, curve.Radius, residual, learningRate);
        if (ball is not null)
            return Falls(ball.Factor, ball.Radius);

        return Nothing(FormattableString.Invariant(
            $"No ball around the last point keeps λ_min away from 0: ‖u‖ ≤ {residual:g3} there, λ_min(K) = {modes.Smallest:g3}. Certify more steps."));
    }

    private static CertificateStatement OfRelu(
        CertificateProblem problem, CertifiedCurve curve, CentrePoint end, double learningRate, double residual)
    {
        double smallest = curve.SmallestAtEnd;
        double kept = 1 - (0.5 * learningRate * new KernelModes(problem, end).Largest);
        double needed = residual / (kept * Math.Sqrt(smallest));
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < problem.Examples; i++)
        {
            double z = TensorPrimitives.MinMagnitude<double>(end.Preactivations.Row(i));
            if (problem.Lengths[i] > 0)
                nearest = Math.Min(nearest, Math.Abs(z) / problem.Lengths[i]);
        }

        return kept > 0 && needed < nearest
            ? Falls(1 - (2 * learningRate * kept * smallest), needed)
            : Nothing(FormattableString.Invariant(
                $"A unit may still switch: W can move by {needed:g3}, and the nearest kink is {nearest:g3} away. Certify more steps."));
    }

    private static CertificateStatement Falls(double factor, double radius) => new(
        CertificateVerdict.Holds, factor, 1, FormattableString.Invariant(
            $"After the last step the loss falls to 0, by a factor of {factor:0.######} or less each step, and W stays within {radius:g3} of the path's end."));

    private static CertificateStatement Nothing(string reason) => new(CertificateVerdict.Vacuous, 1, 1, reason);
}
