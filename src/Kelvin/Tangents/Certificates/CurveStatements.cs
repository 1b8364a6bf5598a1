namespace Kelvin.Tangents.Certificates;

/// <summary>The statements about loss and ball, in words.</summary>
internal static class CurveStatements
{
    public static CertificateStatement Loss(CertifiedCurve curve, CertificateOptions options, CertificateVerdict assumptions)
    {
        double start = 0.5 * curve.Centre[0] * curve.Centre[0];
        double end = 0.5 * curve.Residual[^1] * curve.Residual[^1];
        if (assumptions == CertificateVerdict.AssumptionViolated)
        {
            return new CertificateStatement(assumptions, end, start, FormattableString.Invariant(
                $"An assumption fails; the curve is proved up to step {Math.Max(0, curve.Proved)} of {options.Steps}."));
        }

        if (double.IsPositiveInfinity(end))
            return new CertificateStatement(CertificateVerdict.Vacuous, end, start, Open(curve, options));

        return end < start || start == 0
            ? new CertificateStatement(CertificateVerdict.Holds, end, start, FormattableString.Invariant(
                $"After {options.Steps} steps the training loss is at most {end:g4}; it starts at {start:g4}."))
            : new CertificateStatement(CertificateVerdict.Vacuous, end, start, FormattableString.Invariant(
                $"After {options.Steps} steps the loss is at most {end:g4}, no less than the {start:g4} it starts with."));
    }

    public static CertificateStatement Ball(CertifiedCurve curve, CertificateOptions options, CertificateVerdict assumptions)
    {
        double start = 0.5 * curve.Centre[0] * curve.Centre[0];
        double trivial = Math.Sqrt(2 * options.LearningRate * options.Steps * start);
        double radius = 0;
        foreach (double distance in curve.Distance)
            radius = Math.Max(radius, distance);
        if (assumptions == CertificateVerdict.AssumptionViolated)
            return new CertificateStatement(assumptions, radius, trivial, "An assumption fails.");
        return double.IsPositiveInfinity(radius)
            ? new CertificateStatement(CertificateVerdict.Vacuous, radius, trivial, Open(curve, options))
            : new CertificateStatement(
                radius < trivial ? CertificateVerdict.Holds : CertificateVerdict.Vacuous, radius, trivial,
                FormattableString.Invariant($"In {options.Steps} steps the hidden weights never leave a ball of radius {radius:g4} around their start."));
    }

    private static string Open(CertifiedCurve curve, CertificateOptions options) => curve.Stop == StopReason.Checkpoints
        ? FormattableString.Invariant($"{options.MaxCheckpoints} checkpoints reach step {curve.Proved} of {options.Steps}; allow more or certify fewer steps.")
        : FormattableString.Invariant(
            $"The tube around the path does not close after step {curve.Proved} of {options.Steps}: the loss is too curved there for the width of the tube.");
}
