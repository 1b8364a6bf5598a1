using Kelvin.Datasets;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class CalibrationReportTests
{
    [Theory]
    [InlineData("digits-logits-over.csv.gz", 2.359795)]
    [InlineData("digits-logits-under.csv.gz", 0.7028225)]
    public void A_fitted_temperature_lowers_the_test_ECE_of_real_networks_beyond_doubt(string file, double temperature)
    {
        LogitTable table = LogitTable.Read(Path.Combine(Repository.Root, "tests", "fixtures", "calibration", file));
        LogitTable calibration = table.Part("calibration");
        LogitTable test = table.Part("test");

        CalibrationReport report = CalibrationReport.Compare(calibration.Logits, calibration.Labels.Span, test.Logits, test.Labels.Span, resamples: 500);

        Assert.Equal(temperature, report.Fit.Temperature, 1e-5 * temperature);
        Assert.Equal(report.Before.Ece, report.Ece.Before, 1e-14);
        Assert.Equal(report.After.AdaptiveEce, report.AdaptiveEce.After, 1e-14);
        Assert.True(report.Ece.IsImproved && report.Nll.Gain > 0 && report.Brier.Gain > 0);
        Assert.Equal(report.Before.Accuracy, report.After.Accuracy);
    }

    [Fact]
    public void The_interval_of_the_NLL_gain_covers_the_true_gain_as_often_as_it_says()
    {
        const int runs = 200;
        LabelledLogits world = LabelledLogits.Draw(rows: 100_000, classes: 4, seed: 99, temperature: 2);
        LabelledLogits calibration = LabelledLogits.Draw(rows: 500, classes: 4, seed: 98, temperature: 2);
        double fitted = TemperatureCalibration.Fit<double>(calibration.Logits, calibration.Labels).Temperature;
        double gain = Measure(world, 1).Nll - Measure(world, fitted).Nll;
        int covered = 0;
        for (int run = 0; run < runs; run++)
        {
            LabelledLogits test = LabelledLogits.Draw(rows: 200, classes: 4, seed: run, temperature: 2);
            Interval interval = CalibrationReport.Compare<double>(
                calibration.Logits, calibration.Labels, test.Logits, test.Labels, resamples: 200, seed: run).Nll.GainInterval;
            covered += interval.Contains(gain) ? 1 : 0;
        }

        double margin = 3.3 * Math.Sqrt(0.95 * 0.05 / runs);
        Assert.InRange((double)covered / runs, 0.94 - margin, 1);
    }

    [Fact]
    public void The_interval_of_the_ECE_gain_covers_its_mean_over_test_sets_of_that_size_nearly_as_often_as_it_says()
    {
        const int runs = 200;
        LabelledLogits calibration = LabelledLogits.Draw(rows: 500, classes: 4, seed: 98, temperature: 2);
        MetricChange[] changes = [.. Enumerable.Range(0, runs).Select(run =>
        {
            LabelledLogits test = LabelledLogits.Draw(rows: 300, classes: 4, seed: run, temperature: 2);
            return CalibrationReport.Compare<double>(
                calibration.Logits, calibration.Labels, test.Logits, test.Labels, resamples: 200, seed: run).Ece;
        })];

        double gain = changes.Average(change => change.Gain);
        double margin = 3.3 * Math.Sqrt(0.92 * 0.08 / runs);
        Assert.InRange(changes.Count(change => change.GainInterval.Contains(gain)) / (double)runs, 0.92 - margin, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_report_and_the_level_widens_it()
    {
        LabelledLogits data = LabelledLogits.Draw(rows: 120, classes: 3, seed: 1, temperature: 2);

        MetricChange one = Compare(data, seed: 1, level: 0.9).Ece;
        MetricChange again = Compare(data, seed: 1, level: 0.9).Ece;
        MetricChange wider = Compare(data, seed: 1, level: 0.99).Ece;

        Assert.Equal(one, again);
        Assert.True(wider.GainInterval.Width > one.GainInterval.Width);
    }

    [Fact]
    public void A_fit_without_a_finite_temperature_changes_nothing()
    {
        MatrixView<double> logits = MatrixView.From(new[,] { { 3.0, 1 }, { 0, 2 }, { 1, 2 } });

        CalibrationReport report = CalibrationReport.Compare<double>(logits, [0, 1, 1], logits, [0, 1, 0]);

        Assert.Equal(CalibrationOutcome.Separable, report.Fit.Outcome);
        Assert.Equal(0, report.Nll.Gain);
        Assert.False(report.Nll.IsImproved);
    }

    [Fact]
    public void The_intervals_are_those_of_the_bootstrap_of_each_metric()
    {
        LabelledLogits data = LabelledLogits.Draw(rows: 80, classes: 3, seed: 4, temperature: 2);
        double[] nll = [.. Enumerable.Range(0, 80).Select(i => Math.Log(1 / Probability(data, i)))];

        MetricChange change = Compare(data, seed: 6, level: 0.9).Nll;
        Interval expected = Bootstrap.Mean(nll, new BootstrapOptions { Resamples = 300, Seed = 6, Level = 0.9 });

        Assert.Equal(expected.Low, change.BeforeInterval.Low, 1e-12);
        Assert.Equal(expected.High, change.BeforeInterval.High, 1e-12);
    }

    [Fact]
    public void One_test_row_has_metrics_but_no_intervals()
    {
        LabelledLogits data = LabelledLogits.Draw(rows: 80, classes: 3, seed: 4, temperature: 2);
        LabelledLogits one = LabelledLogits.Draw(rows: 1, classes: 3, seed: 5, temperature: 2);

        CalibrationReport report = CalibrationReport.Compare<double>(data.Logits, data.Labels, one.Logits, one.Labels);

        Assert.True(double.IsFinite(report.Nll.Before) && double.IsNaN(report.Nll.GainInterval.Low));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => CalibrationReport.Compare<double>(data.Logits, data.Labels, one.Logits, one.Labels, level: 2));
    }

    [Fact]
    public void Both_sets_must_have_the_same_classes()
    {
        MatrixView<double> two = MatrixView.Allocate<double>(1, 2);
        MatrixView<double> three = MatrixView.Allocate<double>(1, 3);

        Assert.Throws<ArgumentException>(() => CalibrationReport.Compare<double>(two, [0], three, [0]));
    }

    private static double Probability(LabelledLogits data, int row)
    {
        double[] p = new double[data.Logits.Columns];
        TemperedSoftmax.Probabilities(data.Logits.Row(row), 1, p);
        return p[data.Labels[row]];
    }

    private static CalibrationMetrics Measure(LabelledLogits data, double temperature) =>
        CalibrationMetrics.MeasureLogits<double>(data.Logits, data.Labels, temperature);

    private static CalibrationReport Compare(LabelledLogits data, int seed, double level) =>
        CalibrationReport.Compare<double>(data.Logits, data.Labels, data.Logits, data.Labels, resamples: 300, seed: seed, level: level);
}
