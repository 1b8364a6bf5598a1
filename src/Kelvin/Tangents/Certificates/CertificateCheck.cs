namespace Kelvin.Tangents.Certificates;

/// <summary>Holds a certificate against the run it was about.</summary>
public sealed class CertificateCheck
{
    private CertificateCheck(int compared)
    {
        StepsCompared = compared;
    }

    /// <summary>Steps of the run that have a bound.</summary>
    public int StepsCompared { get; }

    /// <summary>Steps at which the loss or the distance was above its bound, or was NaN: 0 unless something is wrong.</summary>
    public int Violations { get; private init; }

    /// <summary>The first of them; null for none.</summary>
    public int? FirstViolation { get; private init; }

    /// <summary>bound/measured where the measured loss first is 10⁻¹ of its start; NaN where the run or the bound does not get there.</summary>
    public double RatioAtTenth { get; private init; } = double.NaN;

    /// <summary>bound/measured where the measured loss first is 10⁻³ of its start; NaN as above.</summary>
    public double RatioAtThousandth { get; private init; } = double.NaN;

    /// <summary>Compares every step that has a bound with what was measured.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="run">The run, from the same network, data and step size; as many steps as the certificate's or fewer.</param>
    public static CertificateCheck Against(TrainingCertificate certificate, MeasuredRun run)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(run);
        int compared = Math.Min(run.Losses.Count - 1, certificate.ProvedSteps) + 1;
        int violations = 0;
        int? first = null;
        for (int k = 0; k < compared; k++)
        {
            if (run.Losses[k] <= certificate.LossBound(k) && run.Distances[k] <= certificate.DistanceBound(k) + 1e-12)
                continue;
            violations++;
            first ??= k;
        }

        return new CertificateCheck(compared)
        {
            Violations = violations,
            FirstViolation = first,
            RatioAtTenth = Ratio(certificate, run, 0.1),
            RatioAtThousandth = Ratio(certificate, run, 1e-3),
        };
    }

    private static double Ratio(TrainingCertificate certificate, MeasuredRun run, double share)
    {
        for (int k = 0; k < Math.Min(run.Losses.Count, certificate.Options.Steps + 1); k++)
        {
            if (run.Losses[k] <= share * run.Losses[0])
                return certificate.LossBound(k) is var bound && double.IsFinite(bound) ? bound / run.Losses[k] : double.NaN;
        }

        return double.NaN;
    }
}
