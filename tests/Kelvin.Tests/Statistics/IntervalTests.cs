using Kelvin.Statistics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Statistics;

public sealed class IntervalTests
{
    [Fact]
    public void Students_interval_of_one_to_five_is_the_one_in_the_tables()
    {
        Interval interval = MeanInterval.StudentT([1, 2, 3, 4, 5]);

        Assert.Equal(3 - (2.776445105 * Math.Sqrt(0.5)), interval.Low, 1e-8);
        Assert.Equal(3 + (2.776445105 * Math.Sqrt(0.5)), interval.High, 1e-8);
        Assert.Equal(0.95, interval.Level);
    }

    [Theory]
    [InlineData(2, 0.95)]
    [InlineData(5, 0.9)]
    [InlineData(30, 0.99)]
    public void Students_interval_covers_the_mean_of_normal_values_as_often_as_it_says(int n, double level)
    {
        var random = new Xoshiro256StarStar(n, false);
        double[] values = new double[n];
        int covered = 0;
        for (int i = 0; i < 4000; i++)
        {
            Normal.Samples(random, values, 7, 3);
            covered += MeanInterval.StudentT(values, level).Contains(7) ? 1 : 0;
        }

        double margin = 3.3 * Math.Sqrt(level * (1 - level) / 4000);
        Assert.InRange(covered / 4000.0, level - margin, level + margin);
    }

    [Fact]
    public void The_interval_of_a_paired_difference_forgets_what_the_pairs_share()
    {
        double[] before = [10.1, 250, -3, 77];
        double[] after = [9.1, 249.1, -4.1, 76];

        Interval interval = MeanInterval.PairedDifference(before, after);

        Assert.True(interval.Low > 0.8 && interval.High < 1.2);
        Assert.Throws<ArgumentException>(() => MeanInterval.PairedDifference([1], [1, 2]));
    }

    [Fact]
    public void Wilsons_interval_of_8_in_10_is_the_published_one()
    {
        Interval interval = ProportionInterval.Wilson(8, 10);

        Assert.Equal(0.4901625, interval.Low, 1e-6);
        Assert.Equal(0.9433178, interval.High, 1e-6);
    }

    [Fact]
    public void Wilsons_interval_stays_inside_zero_to_one_and_never_collapses()
    {
        Interval none = ProportionInterval.Wilson(0, 20);
        Interval all = ProportionInterval.Wilson(20, 20);

        Assert.Equal(0, none.Low);
        Assert.Equal(1, all.High);
        Assert.Equal(none.High, 1 - all.Low, 1e-12);
        Assert.InRange(none.High, 0.1, 0.2);
    }

    [Fact]
    public void Wilsons_interval_covers_the_probability_as_often_as_it_says_on_average_over_it()
    {
        const int trials = 40;
        double[] probabilities = [.. Enumerable.Range(1, 99).Select(i => i / 100.0)];

        double coverage = probabilities.Average(p => Enumerable.Range(0, trials + 1)
            .Where(k => ProportionInterval.Wilson(k, trials).Contains(p)).Sum(k => Binomial.PMF(p, trials, k)));

        Assert.InRange(coverage, 0.94, 0.97);
    }

    [Fact]
    public void Too_few_values_say_nothing_and_a_level_is_between_zero_and_one()
    {
        Assert.True(double.IsNaN(MeanInterval.StudentT([1]).Low) && double.IsNaN(ProportionInterval.Wilson(0, 0).High));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanInterval.StudentT([1, 2], level: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanInterval.StudentT([1, 2], level: double.NaN));
        Assert.Throws<ArgumentException>(() => ProportionInterval.Wilson(3, 2));
        Assert.Equal(2, new Interval(1, 3, 0.9).Width);
    }
}
