using System.Numerics;
using Kelvin.Linear;
using Kelvin.Statistics;

namespace Kelvin.Temperatures;

/// <summary>Fits a temperature on some rows and says what it does to others, with intervals.</summary>
public sealed record CalibrationReport
{
    private CalibrationReport(
        CalibrationFit fit, ClassifiedRows[] fitted, ClassifiedRows[] test, int bins, BootstrapOptions options)
    {
        Fit = fit;
        Resampling = options;
        Bins = bins;
        FittedBefore = CalibrationMetrics.Of(fitted[0], bins);
        FittedAfter = CalibrationMetrics.Of(fitted[1], bins);
        Before = CalibrationMetrics.Of(test[0], bins);
        After = CalibrationMetrics.Of(test[1], bins);

        ResampleStatistic[] losses =
        [
            CalibrationLoss.Mean(test[0].Nll), CalibrationLoss.Mean(test[1].Nll),
            CalibrationLoss.Mean(test[0].Brier), CalibrationLoss.Mean(test[1].Brier),
            CalibrationLoss.EqualWidthEce(test[0], bins), CalibrationLoss.EqualWidthEce(test[1], bins),
            CalibrationLoss.AdaptiveEce(test[0], bins), CalibrationLoss.AdaptiveEce(test[1], bins),
        ];
        JointResamples? joint = test[0].Count < 2 ? null : JointResamples.Draw(test[0].Count, losses, options);
        Nll = Change(joint, 0, Before.Nll, After.Nll, BootstrapKind.BiasCorrected);
        Brier = Change(joint, 2, Before.Brier, After.Brier, BootstrapKind.BiasCorrected);
        Ece = Change(joint, 4, Before.Ece, After.Ece, BootstrapKind.Percentile);
        AdaptiveEce = Change(joint, 6, Before.AdaptiveEce, After.AdaptiveEce, BootstrapKind.Percentile);
    }

    /// <summary>The fit on the calibration rows.</summary>
    public CalibrationFit Fit { get; }

    /// <summary>Number of bins, B.</summary>
    public int Bins { get; }

    /// <summary>Resamples, seed and level of the intervals; they are bias-corrected for NLL and Brier, and percentiles for ECE.</summary>
    public BootstrapOptions Resampling { get; }

    /// <summary>Metrics of the calibration rows at T = 1.</summary>
    public CalibrationMetrics FittedBefore { get; }

    /// <summary>Metrics of the calibration rows at the fitted T: too good, since T was fitted to them.</summary>
    public CalibrationMetrics FittedAfter { get; }

    /// <summary>Metrics of the test rows at T = 1.</summary>
    public CalibrationMetrics Before { get; }

    /// <summary>Metrics of the test rows at the fitted T.</summary>
    public CalibrationMetrics After { get; }

    /// <summary>NLL of the test rows before and after, in nats.</summary>
    public MetricChange Nll { get; }

    /// <summary>Brier score of the test rows before and after.</summary>
    public MetricChange Brier { get; }

    /// <summary>ECE (bins of equal width) of the test rows before and after.</summary>
    public MetricChange Ece { get; }

    /// <summary>ECE (groups of equal size) of the test rows before and after.</summary>
    public MetricChange AdaptiveEce { get; }

    /// <summary>Fits T on the calibration rows and compares T = 1 with it on the test rows.</summary>
    /// <param name="calibrationLogits">Shape [N, k], N ≥ 1.</param>
    /// <param name="calibrationLabels">Shape [N], each from 0 to k − 1.</param>
    /// <param name="testLogits">Shape [M, k], M ≥ 1; rows that T was not fitted to.</param>
    /// <param name="testLabels">Shape [M], each from 0 to k − 1.</param>
    /// <param name="bins">Number of bins, B ≥ 1.</param>
    /// <param name="resamples">Number of resamples for each interval, at least 100.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <param name="level">Confidence of the intervals, between 0 and 1.</param>
    /// <returns>A fit without a finite T > 0 is applied as T = 1: nothing changes, and <see cref="Fit"/> says why.</returns>
    /// <remarks>
    /// <para>The intervals treat T as given: they hold for this T on new rows, not for a T fitted anew.</para>
    /// <para>NLL and Brier are means of rows; their intervals (bias-corrected bootstrap) cover what the metric would be on endlessly many rows.
    /// ECE is biased upward, the more the fewer rows; its intervals (percentile bootstrap) are for its mean over test sets of M rows.
    /// In simulations at M = 700 and level 0.95 they covered it in 93–95 % where the model was miscalibrated and in 81–85 % where it was
    /// nearly calibrated, and the gain in 92–96 %.</para>
    /// <para>Cost: each resample draws the test rows once and passes over them 8 times.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There is no row, a label has no class, the classes differ, or an option is out of range.</exception>
    public static CalibrationReport Compare<T>(
        ReadOnlyMatrixView<T> calibrationLogits,
        ReadOnlySpan<int> calibrationLabels,
        ReadOnlyMatrixView<T> testLogits,
        ReadOnlySpan<int> testLabels,
        int bins = 15,
        int resamples = 2000,
        int seed = 0,
        double level = 0.95)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.LabelledRows(calibrationLogits.Rows, calibrationLogits.Columns, calibrationLabels);
        Require.LabelledRows(testLogits.Rows, testLogits.Columns, testLabels);
        Require.That(
            calibrationLogits.Columns == testLogits.Columns,
            $"The test rows have {testLogits.Columns} classes, but the calibration rows {calibrationLogits.Columns}.", nameof(testLogits));
        Require.Positive(bins);
        var options = new BootstrapOptions { Resamples = resamples, Seed = seed, Level = level };
        options.Check();

        CalibrationFit fit = TemperatureCalibration.Fit(calibrationLogits, calibrationLabels);
        double temperature = fit.Outcome == CalibrationOutcome.Interior ? fit.Temperature : 1;
        return new CalibrationReport(
            fit,
            [ClassifiedRows.FromLogits(calibrationLogits, calibrationLabels, 1), ClassifiedRows.FromLogits(calibrationLogits, calibrationLabels, temperature)],
            [ClassifiedRows.FromLogits(testLogits, testLabels, 1), ClassifiedRows.FromLogits(testLogits, testLabels, temperature)],
            bins,
            options);
    }

    private MetricChange Change(JointResamples? joint, int first, double before, double after, BootstrapKind kind)
    {
        var unknown = new Interval(double.NaN, double.NaN, Resampling.Level);
        return new MetricChange(
            before, joint?.Of(first, kind) ?? unknown,
            after, joint?.Of(first + 1, kind) ?? unknown,
            joint?.Difference(first, first + 1, kind) ?? unknown);
    }
}
