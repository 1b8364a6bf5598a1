using System.Globalization;
using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary>The page that <c>kelvin calibrate --html</c> writes.</summary>
internal static class CalibrationPage
{
    public static ReportPage Of(string path, LogitParts table, CalibrationReport report) => new()
    {
        Title = $"Calibration of {Path.GetFileName(path)}",
        Subtitle = "Do the probabilities of this classifier mean what they say, and which temperature makes them?",
        Headline = CalibrationWords.Headline(report.Fit),
        Facts =
        [
            new("File", Path.GetFileName(path)),
            new("Classes", Whole(table.Classes)),
            new("Rows to fit on", Whole(report.FittedBefore.Rows)),
            new("Rows to measure on", Whole(report.Before.Rows)),
            new("Split", table.How),
            new("Bootstrap samples", Whole(report.Resampling.Resamples)),
            new("Seed", Whole(report.Resampling.Seed)),
        ],
        Summary = [Judgement(report)],
        Sections = [Section(report)],
        Closing = $"Made by `kelvin calibrate {Path.GetFileName(path)} --html FILE`.",
    };

    /// <summary>Whether the calibration error fell, for other pages too.</summary>
    public static SummaryItem Judgement(CalibrationReport report) =>
        new(Judge(report.Ece), "A temperature lowers the calibration error", CalibrationWords.Gain(report));

    /// <summary>The metrics and the diagram, for other pages too.</summary>
    public static Section Section(CalibrationReport report) => new("Calibration", [KeyNumbers(report), Diagram(report), Metrics(report)])
    {
        Lead = "A temperature divides the logits. It changes no prediction, only how sure the model claims to be.",
    };

    private static KeyNumbers KeyNumbers(CalibrationReport report) => new(
    [
        new("Temperature", Cell.Number(report.Fit.Outcome == CalibrationOutcome.Interior ? report.Fit.Temperature : 1), "divides the logits"),
        new("Calibration error before", Cell.Percent(report.Ece.Before), Range(report.Ece.BeforeInterval)),
        new("Calibration error after", Cell.Percent(report.Ece.After), Range(report.Ece.AfterInterval)),
        new("Accuracy", Cell.Percent(report.Before.Accuracy), "does not change"),
    ]);

    private static ReliabilityChart Diagram(CalibrationReport report) => new()
    {
        Title = "Reliability",
        Caption = "On the diagonal, a confidence of 80 % is right 8 times in 10; below it the model claims too much.",
        Height = ChartHeight.Large,
        Series =
        [
            new("before, T = 1", Bins(report.Before)) { Color = Palette.Bad },
            new("after the temperature", Bins(report.After)) { Color = Palette.Good },
        ],
    };

    private static DataTable Metrics(CalibrationReport report) => new(
        "Metrics of the test rows",
        ["Metric", "Before", "After", "Gain"],
        [
            Row("NLL (nat)", report.Nll, NumberForm.Plain),
            Row("ECE", report.Ece, NumberForm.Percent),
            Row("Adaptive ECE", report.AdaptiveEce, NumberForm.Percent),
            Row("Brier score", report.Brier, NumberForm.Plain),
        ])
    {
        Caption = string.Create(
            CultureInfo.InvariantCulture,
            $"Brackets are {report.Resampling.Level * 100:0.##} % intervals; a gain whose interval lies above 0 is more than chance."),
    };

    private static Cell[] Row(string name, MetricChange change, NumberForm form) =>
    [
        name,
        Cell.Interval(change.Before, change.BeforeInterval.Low, change.BeforeInterval.High, form),
        Cell.Interval(change.After, change.AfterInterval.Low, change.AfterInterval.High, form),
        Cell.Interval(change.Gain, change.GainInterval.Low, change.GainInterval.High, form),
    ];

    private static ReliabilityPoint[] Bins(CalibrationMetrics metrics) =>
        [.. metrics.ReliabilityDiagram.Select(bin => new ReliabilityPoint(bin.Low, bin.High, bin.Count, bin.MeanConfidence, bin.Accuracy))];

    private static string Range(Interval interval) => string.Create(
        CultureInfo.InvariantCulture, $"{interval.Level * 100:0.##} % interval {CalibrationWords.Percent(interval.Low)} to {CalibrationWords.Percent(interval.High)}");

    private static Verdict Judge(MetricChange ece) =>
        ece.IsImproved ? Verdict.Held : ece.GainInterval.High < 0 ? Verdict.DidNotHold : Verdict.Undecided;

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
