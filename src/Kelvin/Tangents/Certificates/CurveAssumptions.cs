using Kelvin.Networks;

namespace Kelvin.Tangents.Certificates;

/// <summary>The assumptions of a curve and what was measured of them.</summary>
internal static class CurveAssumptions
{
    public static List<CertificateAssumption> Of(CertifiedCurve curve, CertificateOptions options, HiddenActivation activation)
    {
        bool overflow = curve.Stop == StopReason.NotFinite;
        List<CertificateAssumption> assumptions =
        [
            new("finite", overflow ? 1 : 0, 0, !overflow, overflow
                ? FormattableString.Invariant($"The outputs overflow after step {curve.Proved}; take smaller inputs or weights, or a smaller step.")
                : "Every number of the data and along the path is finite."),
            Step(curve),
        ];
        if (activation == HiddenActivation.Relu)
            assumptions.Add(Switching(curve, options));
        return assumptions;
    }

    private static CertificateAssumption Step(CertifiedCurve curve)
    {
        bool holds = curve.StepSharpness <= 2;
        return new CertificateAssumption("step", curve.StepSharpness, 2, holds, FormattableString.Invariant(
            $"η·λ_max(JJᵀ) reaches {curve.StepSharpness:g3} along the path, ")
            + (holds ? "below the edge of stability at 2." : "past the edge of stability at 2, where descent is not to be expected; take a smaller step."));
    }

    private static CertificateAssumption Switching(CertifiedCurve curve, CertificateOptions options)
    {
        bool undecided = curve.Stop == StopReason.SignUndecided;
        bool holds = !undecided && curve.Stop != StopReason.Checkpoints;
        string what = undecided
            ? FormattableString.Invariant($"After step {curve.Proved} a unit stands at its kink to within rounding, so its sign is open.")
            : FormattableString.Invariant($"Units switch at {Math.Max(0, curve.Kernels - 1)} steps up to step {curve.Proved}");
        string verdict = holds ? "." : FormattableString.Invariant(
            $", more than the {options.MaxCheckpoints} checkpoints allow; take a wider network, larger starting weights or more checkpoints.");
        return new CertificateAssumption("switches", Math.Max(0, curve.Kernels - 1), options.MaxCheckpoints - 1, holds, undecided ? what : what + verdict);
    }
}
