using CsCheck;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class CalibrationMetricsTests
{
    [Fact]
    public void Four_rows_worked_out_by_hand()
    {
        MatrixView<double> p = MatrixView.From(new[,] { { 0.9, 0.1 }, { 0.8, 0.2 }, { 0.3, 0.7 }, { 0.5, 0.5 } });

        CalibrationMetrics metrics = CalibrationMetrics.Measure<double>(p, [0, 1, 1, 0], bins: 2);

        Assert.Equal(0.75, metrics.Accuracy);
        Assert.Equal(0.725, metrics.MeanConfidence, 1e-15);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.2) + Math.Log(0.7) + Math.Log(0.5)) / 4, metrics.Nll, 1e-15);
        Assert.Equal((0.02 + 1.28 + 0.18 + 0.5) / 4, metrics.Brier, 1e-15);
        Assert.Equal([1, 3], metrics.ReliabilityDiagram.Select(bin => bin.Count));
        Assert.Equal(((0.5 * 1) + (3 * Math.Abs(0.8 - (2 / 3.0)))) / 4, metrics.Ece, 1e-15);
        Assert.Equal(0.5, metrics.Mce, 1e-15);
        Assert.Equal([2, 2], metrics.AdaptiveDiagram.Select(bin => bin.Count));
        Assert.Equal(((2 * Math.Abs(0.6 - 1)) + (2 * Math.Abs(0.85 - 0.5))) / 4, metrics.AdaptiveEce, 1e-15);
    }

    [Fact]
    public void Logits_and_their_probabilities_measure_the_same() =>
        Gen.Select(LabelledLogits.Gen, Gen.Double[0.3, 3], Gen.Int[1, 20]).Sample((data, temperature, bins) =>
        {
            MatrixView<double> p = MatrixView.Allocate<double>(data.Logits.Rows, data.Logits.Columns);
            SoftmaxRows.Probabilities(data.Logits, temperature, p);

            CalibrationMetrics fromLogits = CalibrationMetrics.MeasureLogits<double>(data.Logits, data.Labels, temperature, bins);
            CalibrationMetrics fromProbabilities = CalibrationMetrics.Measure<double>(p, data.Labels, bins);

            return Near(fromLogits, fromProbabilities);
        });

    [Fact]
    public void The_order_of_the_rows_does_not_matter() => LabelledLogits.Gen.Sample(data =>
    {
        int n = data.Labels.Length;
        MatrixView<double> reversed = MatrixView.Allocate<double>(n, data.Logits.Columns);
        for (int i = 0; i < n; i++)
            data.Logits.Row(i).CopyTo(reversed.Row(n - 1 - i));

        return Near(
            CalibrationMetrics.MeasureLogits<double>(data.Logits, data.Labels),
            CalibrationMetrics.MeasureLogits<double>(reversed, [.. data.Labels.Reverse()]));
    });

    [Fact]
    public void One_bin_compares_the_mean_confidence_with_the_accuracy() => LabelledLogits.Gen.Sample(data =>
    {
        CalibrationMetrics metrics = CalibrationMetrics.MeasureLogits<double>(data.Logits, data.Labels, bins: 1);

        double gap = Math.Abs(metrics.MeanConfidence - metrics.Accuracy);
        return Math.Abs(metrics.Ece - gap) < 1e-12 && Math.Abs(metrics.AdaptiveEce - gap) < 1e-12 && Math.Abs(metrics.Mce - gap) < 1e-12;
    });

    [Fact]
    public void Both_diagrams_hold_every_row_once() => Gen.Select(LabelledLogits.Gen, Gen.Int[1, 100]).Sample((data, bins) =>
    {
        CalibrationMetrics metrics = CalibrationMetrics.MeasureLogits<double>(data.Logits, data.Labels, bins: bins);
        int[] adaptive = [.. metrics.AdaptiveDiagram.Select(bin => bin.Count)];

        return metrics.ReliabilityDiagram.Sum(bin => bin.Count) == metrics.Rows && adaptive.Sum() == metrics.Rows
            && adaptive.Length == bins && adaptive.Max() - adaptive.Min() <= 1 && adaptive.SequenceEqual(adaptive.OrderDescending())
            && metrics.ReliabilityDiagram.All(bin => bin.Count == 0 || (bin.MeanConfidence > bin.Low - 1e-12 && bin.MeanConfidence < bin.High + 1e-12));
    });

    [Fact]
    public void A_confidence_on_an_edge_belongs_to_the_bin_below()
    {
        MatrixView<double> p = MatrixView.From(new[,] { { 0.75, 0.25 }, { 0.5, 0.5 }, { 1, 0 }, { 0, 0 } });

        CalibrationMetrics metrics = CalibrationMetrics.Measure<double>(p, [0, 0, 0, 0], bins: 4);

        Assert.Equal([1, 1, 1, 1], metrics.ReliabilityDiagram.Select(bin => bin.Count));
    }

    [Fact]
    public void The_first_of_equal_probabilities_is_the_prediction()
    {
        MatrixView<float> p = MatrixView.From(new[,] { { 0.5f, 0.5f } });

        Assert.Equal(1, CalibrationMetrics.Measure<float>(p, [0]).Accuracy);
        Assert.Equal(0, CalibrationMetrics.Measure<float>(p, [1]).Accuracy);
    }

    [Fact]
    public void A_label_without_probability_has_infinite_NLL_from_probabilities_but_not_from_logits()
    {
        MatrixView<double> logits = MatrixView.From(new[,] { { 2000.0, 0 } });

        Assert.Equal(2000, CalibrationMetrics.MeasureLogits<double>(logits, [1]).Nll);
        Assert.Equal(double.PositiveInfinity, CalibrationMetrics.Measure<double>(MatrixView.From(new[,] { { 1.0, 0 } }), [1]).Nll);
    }

    [Fact]
    public void A_logit_of_NaN_makes_every_mean_NaN()
    {
        CalibrationMetrics metrics = CalibrationMetrics.MeasureLogits<double>(MatrixView.From(new[,] { { double.NaN, 0 }, { 1, 0 } }), [0, 0]);

        Assert.All([metrics.MeanConfidence, metrics.Nll, metrics.Brier, metrics.Ece, metrics.Mce, metrics.AdaptiveEce, metrics.MeanEntropy], value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_bin_says_how_sure_its_accuracy_is()
    {
        var bin = new ReliabilityBin(0.5, 1, 10, 0.9, 0.8);

        Assert.Equal(0.1, bin.Gap, 1e-15);
        Assert.Equal(0.4901625, bin.AccuracyInterval().Low, 1e-6);
        Assert.True(double.IsNaN(new ReliabilityBin(0, 0.5, 0, double.NaN, double.NaN).AccuracyInterval().Low));
    }

    [Fact]
    public void Probabilities_labels_and_bins_are_checked()
    {
        MatrixView<double> p = MatrixView.From(new[,] { { 0.5, 0.5 } });

        Assert.Throws<ArgumentException>(() => CalibrationMetrics.Measure<double>(MatrixView.From(new[,] { { 1.5, 0.5 } }), [0]));
        Assert.Throws<ArgumentException>(() => CalibrationMetrics.Measure<double>(MatrixView.From(new[,] { { double.NaN, 0.5 } }), [0]));
        Assert.Throws<ArgumentException>(() => CalibrationMetrics.Measure<double>(MatrixView.Allocate<double>(0, 2), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationMetrics.Measure<double>(p, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationMetrics.Measure<double>(p, [0], bins: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationMetrics.MeasureLogits<double>(p, [0], temperature: 0));
    }

    private static bool Near(CalibrationMetrics a, CalibrationMetrics b) =>
        a.Accuracy == b.Accuracy && Math.Abs(a.MeanConfidence - b.MeanConfidence) < 1e-12 && Math.Abs(a.Nll - b.Nll) < 1e-11
        && Math.Abs(a.Brier - b.Brier) < 1e-12 && Math.Abs(a.Ece - b.Ece) < 1e-12 && Math.Abs(a.Mce - b.Mce) < 1e-12
        && Math.Abs(a.AdaptiveEce - b.AdaptiveEce) < 1e-12 && Math.Abs(a.MeanEntropy - b.MeanEntropy) < 1e-12;
}
