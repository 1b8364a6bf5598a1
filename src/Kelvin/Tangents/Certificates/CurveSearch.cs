using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>Tightens the tube until its curve is close to its centre, or the checkpoints are used up.</summary>
internal static class CurveSearch
{
    /// <summary>
    /// More work buys little where ‖u_k‖ is bounded within 1 + 0.05 + 0.02·‖u_0‖/‖û_k‖ of the centre: 1.2 in the loss at 10⁻¹ of the start, 2.8 at 10⁻³.
    /// </summary>
    private const double RelativeGap = 0.05;
    private const double StartGap = 0.02;

    /// <summary>The curve is judged down to this share of the residual at the start: 10⁻³ of the loss.</summary>
    private const double Depth = 0.0316;

    private static readonly double[] Tolerances = [0.03, 0.01, 0.003, 0.001, 0.0003];

    /// <summary>The best curve found; every pass is a proof, so the smaller of two bounds is one too.</summary>
    public static CertifiedCurve Best(CertificateProblem problem, CertificateOptions options)
    {
        if (problem.Activation == HiddenActivation.Relu)
            return SwitchingPath.Follow(problem, options.LearningRate, options.Steps, options.MaxCheckpoints);

        CertifiedCurve? best = null;
        int kernels = 0;
        foreach (double tolerance in Tolerances)
        {
            CertifiedCurve curve = SmoothTube.Follow(problem, options.LearningRate, options.Steps, options.MaxCheckpoints, tolerance);
            kernels += curve.Kernels;
            CertifiedCurve? before = best;
            best = before is null || curve.Proved >= before.Proved ? curve : before;
            if (before is not null)
                Merge(best, ReferenceEquals(best, curve) ? before : curve);
            if (curve.Stop is StopReason.Checkpoints or StopReason.EdgeOfStability or StopReason.NotFinite
                || (best.Stop == StopReason.Finished && IsTight(best)))
            {
                break;
            }
        }

        best!.Kernels = kernels;
        return best;
    }

    private static void Merge(CertifiedCurve into, CertifiedCurve other)
    {
        for (int k = 0; k < into.Residual.Length; k++)
        {
            into.Residual[k] = Math.Min(into.Residual[k], other.Residual[k]);
            into.Distance[k] = Math.Min(into.Distance[k], other.Distance[k]);
        }

        into.StepSharpness = Math.Max(into.StepSharpness, other.StepSharpness);
    }

    private static bool IsTight(CertifiedCurve curve)
    {
        for (int k = 0; k < curve.Centre.Length; k++)
        {
            if (curve.Centre[k] > Depth * curve.Centre[0] && curve.Residual[k] > ((1 + RelativeGap) * curve.Centre[k]) + (StartGap * curve.Centre[0]))
                return false;
        }

        return true;
    }
}
