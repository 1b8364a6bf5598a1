using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary>Prints a calibration: the answer in a sentence, the metrics with intervals, the reliability diagram.</summary>
internal static class CalibrationView
{
    public static void Write(CliHost host, LogitParts table, CalibrationReport report)
    {
        host.Write(CalibrationWords.Headline(report.Fit));
        if (report.Fit.Outcome == CalibrationOutcome.Interior)
            host.Write(CalibrationWords.Gain(report));
        host.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{table.Classes} classes; fitted on {report.FittedBefore.Rows} rows, measured on {report.Before.Rows} ({table.How}). {report.Before.Bins} bins; brackets are {report.Resampling.Level * 100:0.##} % intervals from {report.Resampling.Resamples} bootstrap samples.\n"));
        foreach (string line in Metrics(report))
            host.Write(line);
        host.Write("\nReliability: bar = share that was right, ┃ = mean confidence. Calibrated means\nthat each bar ends at its ┃.\n");
        foreach (string line in ReliabilityText.Lines(report.Before, report.After))
            host.Write(line);
    }

    private static IEnumerable<string> Metrics(CalibrationReport report)
    {
        string fitted = string.Create(CultureInfo.InvariantCulture, $"T = {AppliedTemperature(report.Fit):0.000}");
        yield return Line("test rows", "T = 1", fitted, "gain");
        yield return Line("NLL (nat)", report.Nll, 1);
        yield return Line("ECE (%)", report.Ece, 100);
        yield return Line("adaptive ECE (%)", report.AdaptiveEce, 100);
        yield return Line("Brier", report.Brier, 1);
        yield return Line("accuracy (%)", Number(report.Before.Accuracy * 100), Number(report.After.Accuracy * 100), "never changes");
        yield return Line("confidence (%)", Number(report.Before.MeanConfidence * 100), Number(report.After.MeanConfidence * 100), string.Empty);
    }

    private static string Line(string name, MetricChange change, double unit) => Line(
        name,
        WithInterval(change.Before, change.BeforeInterval, unit),
        WithInterval(change.After, change.AfterInterval, unit),
        WithInterval(change.Gain, change.GainInterval, unit));

    private static string Line(string name, string before, string after, string gain) => $"{name,-16} {before,-20} {after,-20} {gain}".TrimEnd();

    private static double AppliedTemperature(CalibrationFit fit) => fit.Outcome == CalibrationOutcome.Interior ? fit.Temperature : 1;

    private static string WithInterval(double value, Interval interval, double unit) =>
        $"{Number(value * unit)} [{Number(interval.Low * unit)}, {Number(interval.High * unit)}]";

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 10 ? "0.0" : Math.Abs(value) >= 1 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
}
