using Kelvin.Networks;
using Kelvin.Tangents.Certificates;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>The JSON of <c>kelvin lab certificate</c>.</summary>
internal sealed record CertificateDocument
{
    private const int MostPoints = 60;

    public string Schema { get; } = "kelvin.lab.certificate/1";

    public required CertificatePlan Plan { get; init; }

    public required int Violations { get; init; }

    public required IReadOnlyList<RunFacts> Runs { get; init; }

    public static CertificateDocument Of(CertificateResult result) => new()
    {
        Plan = result.Plan,
        Violations = result.Violations,
        Runs = [.. result.Runs.Select(Of)],
    };

    /// <summary>Steps from 0 to the last, about evenly spaced on a logarithmic scale.</summary>
    public static int[] Steps(int last) =>
        [.. Enumerable.Range(0, MostPoints).Select(i => i == 0 ? 0 : (int)Math.Round(Math.Pow(last, i / (MostPoints - 1.0)))).Distinct().Order()];

    private static RunFacts Of(CertifiedRun run)
    {
        TrainingCertificate certificate = run.Certificate;
        return new RunFacts(
            run.Activation,
            certificate.Verdict,
            certificate.Reason,
            certificate.Options.LearningRate,
            run.Steps,
            certificate.KernelEvaluations,
            certificate.ProvedSteps,
            certificate.Assumptions,
            CertificateText.Statements(certificate).ToDictionary(one => one.Name.Replace(' ', '_'), one => one.Statement, StringComparer.Ordinal),
            run.Check.Violations,
            run.Check.RatioAtTenth,
            run.Check.RatioAtThousandth,
            [
                .. Steps(run.Steps).Select(k => new CurvePoint(
                    k, certificate.LossBound(k), certificate.PredictedLoss(k), run.Measured.Losses[k], certificate.DistanceBound(k), run.Measured.Distances[k])),
            ]);
    }

    internal sealed record RunFacts(
        HiddenActivation Activation,
        CertificateVerdict Verdict,
        string Reason,
        double LearningRate,
        int Steps,
        int Kernels,
        int ProvedSteps,
        IReadOnlyList<CertificateAssumption> Assumptions,
        IReadOnlyDictionary<string, CertificateStatement> Statements,
        int Violations,
        double BoundOverMeasuredAtTenth,
        double BoundOverMeasuredAtThousandth,
        IReadOnlyList<CurvePoint> Curve);

    internal sealed record CurvePoint(int Step, double LossBound, double PredictedLoss, double Loss, double DistanceBound, double Distance);
}
