using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class SoftmaxSummaryTests
{
    [Fact]
    public void A_summary_is_the_mean_over_the_rows_and_the_largest_logit_of_all()
    {
        SoftmaxStatistics hot = TemperedSoftmax.Statistics([1f, 1], 1);
        SoftmaxStatistics cold = TemperedSoftmax.Statistics([50f, 0], 1);

        SoftmaxSummary summary = SoftmaxSummary.Of([hot, cold]);

        Assert.Equal((2, 50.0, 0.5, 25.0), (summary.Rows, summary.MaxLogit, summary.SaturatedShare, summary.Margin));
        Assert.Equal((hot.Entropy + cold.Entropy) / 2, summary.Entropy);
        Assert.Equal((hot.LogSumExp + cold.LogSumExp) / 2, summary.LogSumExp);
        Assert.Equal((0.75, 1.5, 1.5), (Math.Round(summary.MaxProbability, 12), Math.Round(summary.EffectiveNumber, 12), Math.Round(summary.Participation, 12)));
    }

    [Fact]
    public void Without_rows_there_is_nothing_to_say()
    {
        SoftmaxSummary summary = SoftmaxSummary.Of([]);

        Assert.Equal(0, summary.Rows);
        Assert.All(
            [summary.Entropy, summary.NormalizedEntropy, summary.MaxLogit, summary.MaxProbability, summary.Margin, summary.SaturatedShare, summary.LogSumExp],
            x => Assert.Equal(double.NaN, x));
    }
}
