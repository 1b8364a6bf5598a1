using System.Text;
using Kelvin.Networks;
using Kelvin.Tangents.Certificates;

namespace Kelvin.Tests.Tangents.Certificates;

/// <summary>Counts verdicts, violations and tightness over problems, by activation.</summary>
internal sealed class CertificateTally
{
    private readonly List<(HiddenActivation Activation, CertificateVerdict Verdict, CertificateCheck Check, double Cost)> _rows = [];

    public int Violations => _rows.Sum(r => r.Check.Violations);

    public int Outside => _rows.Count(r => r.Verdict == CertificateVerdict.AssumptionViolated);

    public double ShareHolding => _rows.Count(r => r.Verdict == CertificateVerdict.Holds) / (double)(_rows.Count - Outside);

    public double MedianRatioAtTenth => Median(_rows, r => r.RatioAtTenth);

    public double MedianRatioAtThousandth => Median(_rows, r => r.RatioAtThousandth);

    public void Add(CertificateCase problem, TrainingCertificate certificate, CertificateCheck check) => _rows.Add(
        (problem.Network.Options.Activation, certificate.Verdict, check, certificate.KernelEvaluations / (double)problem.Options.Steps));

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var group in _rows.GroupBy(r => r.Activation))
        {
            var inside = group.Where(r => r.Verdict != CertificateVerdict.AssumptionViolated).ToList();
            double[] costs = [.. inside.Select(r => r.Cost).Order()];
            text.AppendLine(FormattableString.Invariant(
                $"{group.Key}: {inside.Count} inside, {inside.Count(r => r.Verdict == CertificateVerdict.Holds)} hold, {group.Count() - inside.Count} outside, {group.Sum(r => r.Check.Violations)} violations, {group.Sum(r => r.Check.StepsCompared)} steps compared, bound/measured {Median(inside, r => r.RatioAtTenth):f3} at 1e-1 (largest {Largest(inside, r => r.RatioAtTenth):f2}), {Median(inside, r => r.RatioAtThousandth):f3} at 1e-3 (largest {Largest(inside, r => r.RatioAtThousandth):f2}), kernels a step {(costs.Length > 0 ? costs[costs.Length / 2] : double.NaN):f2}"));
        }

        return text.ToString();
    }

    private static double Median(
        IEnumerable<(HiddenActivation Activation, CertificateVerdict Verdict, CertificateCheck Check, double Cost)> rows, Func<CertificateCheck, double> ratio)
    {
        double[] values = [.. rows.Where(r => r.Verdict != CertificateVerdict.AssumptionViolated).Select(r => ratio(r.Check)).Where(v => !double.IsNaN(v)).Order()];
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }

    private static double Largest(
        IEnumerable<(HiddenActivation Activation, CertificateVerdict Verdict, CertificateCheck Check, double Cost)> rows, Func<CertificateCheck, double> ratio) =>
        rows.Select(r => ratio(r.Check)).Where(v => !double.IsNaN(v)).DefaultIfEmpty(double.NaN).Max();
}
