using Kelvin.Cli.Frame;
using Kelvin.Tangents.Certificates;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>What the certificates say on the terminal.</summary>
internal static class CertificateText
{
    public static void Write(CliHost host, CertificateResult result)
    {
        host.Write(Headline(result));
        CertificatePlan plan = result.Plan;
        host.Write(LabWords.Text($"\n{plan.Rows} examples ({plan.Data}), {plan.Hidden} hidden units, step {plan.Step:0.###} × 2/λ_max, label noise {LabWords.Number(plan.LabelNoise)}. The certificate is made before the training; the loss is ½ Σ (F − Y)².\n"));
        var table = new TextTable("network", "verdict", "steps", "kernels", "at start", "proved", "measured", "at 1e-1", "at 1e-3");
        foreach (CertifiedRun run in result.Runs)
        {
            table.Add(
                LabWords.Of(run.Activation),
                Word(run.Certificate.Verdict),
                LabWords.Text($"{run.Steps}"),
                LabWords.Text($"{run.Certificate.KernelEvaluations}"),
                LabWords.Number(run.Measured.Losses[0]),
                LabWords.Number(run.Certificate.LossBound(run.Steps)),
                LabWords.Number(run.Measured.Losses[^1]),
                LabWords.Number(run.Check.RatioAtTenth),
                LabWords.Number(run.Check.RatioAtThousandth));
        }

        table.Write(host);
        host.Write("\nproved, measured: the loss after the last step. The last two columns: bound/measured where the measured loss has fallen to that share of its start.");
        foreach (CertifiedRun run in result.Runs)
            WriteStatements(host, run);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(CertificateResult result)
    {
        int holds = result.Runs.Count(run => run.Certificate.Verdict == CertificateVerdict.Holds);
        int compared = result.Runs.Sum(run => run.Check.StepsCompared);
        string kept = result.Violations == 0
            ? LabWords.Text($"No run left its certificate in the {compared} steps that have a bound.")
            : LabWords.Text($"In {result.Violations} of {compared} steps a run left its certificate: a defect, please report it with this command line.");
        return LabWords.Text($"{holds} of {result.Runs.Count} certificates hold. {kept}");
    }

    /// <summary>A finished run for the progress view.</summary>
    public static string Line(CertifiedRun run) => LabWords.Text($"{LabWords.Of(run.Activation)}: {Word(run.Certificate.Verdict)}, {run.Check.Violations} violations");

    public static string Word(CertificateVerdict verdict) => verdict switch
    {
        CertificateVerdict.Holds => "holds",
        CertificateVerdict.Vacuous => "vacuous",
        _ => "violated",
    };

    /// <summary>The statements of a certificate with their names, those that were asked for.</summary>
    public static IEnumerable<(string Name, CertificateStatement Statement)> Statements(TrainingCertificate certificate)
    {
        yield return ("loss", certificate.Loss);
        yield return ("ball", certificate.Ball);
        yield return ("afterwards", certificate.Convergence);
        if (certificate.CleanTargets is { } clean)
            yield return ("clean targets", clean);
        if (certificate.NewData is { } data)
            yield return ("new data", data);
    }

    private static void WriteStatements(CliHost host, CertifiedRun run)
    {
        TrainingCertificate certificate = run.Certificate;
        string reason = certificate.Reason == certificate.Loss.Explanation ? string.Empty : $" {certificate.Reason}";   // it would stand here twice
        host.Write($"\n{LabWords.Capital(run.Activation)}: {Word(certificate.Verdict)}.{reason}");
        foreach (CertificateAssumption assumption in certificate.Assumptions)
            host.Write(LabWords.Text($"  assumed, {assumption.Name}: {(assumption.Holds ? "yes" : "NO")}. {assumption.Explanation}"));
        foreach ((string name, CertificateStatement statement) in Statements(certificate))
            host.Write(LabWords.Text($"  {name}: {Word(statement.Verdict)}. {statement.Explanation}"));
    }
}
