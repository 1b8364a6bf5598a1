using Kelvin.Statistics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Statistics;

public sealed class BootstrapTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(i * 12.9898) * 10)];

    [Theory]
    [InlineData(BootstrapKind.Percentile)]
    [InlineData(BootstrapKind.BiasCorrected)]
    public void The_interval_of_a_mean_is_near_Students(BootstrapKind kind)
    {
        Interval student = MeanInterval.StudentT(Values);

        Interval bootstrap = Bootstrap.Mean(Values, new BootstrapOptions { Kind = kind, Resamples = 10_000 });

        Assert.Equal(student.Low, bootstrap.Low, 0.08 * student.Width);
        Assert.Equal(student.High, bootstrap.High, 0.08 * student.Width);
    }

    [Fact]
    public void Shifting_and_doubling_the_values_shifts_and_doubles_the_interval()
    {
        Interval plain = Bootstrap.Mean(Values);

        Interval moved = Bootstrap.Mean(Array.ConvertAll(Values, x => (2 * x) + 1024));

        Assert.Equal((2 * plain.Low) + 1024, moved.Low, 1e-9);
        Assert.Equal((2 * plain.High) + 1024, moved.High, 1e-9);
    }

    [Theory]
    [InlineData(BootstrapKind.Percentile)]
    [InlineData(BootstrapKind.BiasCorrected)]
    public void The_interval_covers_the_mean_of_skewed_values_nearly_as_often_as_it_says(BootstrapKind kind)
    {
        const int runs = 600;
        var random = new Xoshiro256StarStar(5, false);
        double[] values = new double[50];
        int covered = 0;
        for (int i = 0; i < runs; i++)
        {
            Exponential.Samples(random, values, 1);
            covered += Bootstrap.Mean(values, new BootstrapOptions { Kind = kind, Resamples = 400, Seed = i }).Contains(1) ? 1 : 0;
        }

        double margin = 3.3 * Math.Sqrt(0.95 * 0.05 / runs);
        Assert.InRange((double)covered / runs, 0.925 - margin, 0.95 + margin);
    }

    [Fact]
    public void Bias_correction_moves_the_interval_of_skewed_values_towards_their_tail()
    {
        double[] skewed = Array.ConvertAll(Values, x => Math.Exp(x / 5));

        Interval percentile = Bootstrap.Mean(skewed, new BootstrapOptions { Kind = BootstrapKind.Percentile });
        Interval corrected = Bootstrap.Mean(skewed, new BootstrapOptions { Kind = BootstrapKind.BiasCorrected });

        Assert.True(corrected.Low > percentile.Low && corrected.High > percentile.High);
    }

    [Fact]
    public void Pairs_are_drawn_together()
    {
        double[] after = Array.ConvertAll(Values, x => x - 0.5);

        Interval interval = Bootstrap.PairedDifference(Values, after);

        Assert.Equal(0.5, interval.Low, 1e-12);
        Assert.Equal(0.5, interval.High, 1e-12);
    }

    [Fact]
    public void Any_statistic_of_rows_may_be_resampled()
    {
        double[] sorted = [.. Values.Order()];

        Interval median = Bootstrap.Estimate(
            Values.Length,
            rows =>
            {
                double[] chosen = new double[rows.Length];
                for (int i = 0; i < chosen.Length; i++)
                    chosen[i] = Values[rows[i]];
                Array.Sort(chosen);
                return chosen[chosen.Length / 2];
            },
            new BootstrapOptions { Kind = BootstrapKind.Percentile });

        Assert.InRange(median.Low, sorted[15], sorted[30]);
        Assert.InRange(median.High, sorted[30], sorted[45]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        Assert.Equal(Bootstrap.Mean(Values, new BootstrapOptions { Seed = 1 }), Bootstrap.Mean(Values, new BootstrapOptions { Seed = 1 }));
        Assert.NotEqual(Bootstrap.Mean(Values, new BootstrapOptions { Seed = 1 }), Bootstrap.Mean(Values, new BootstrapOptions { Seed = 2 }));
    }

    [Fact]
    public void More_rows_than_are_left_out_one_by_one_are_left_out_in_blocks()
    {
        double[] many = [.. Enumerable.Range(0, 1201).Select(i => Math.Exp(Math.Sin(i * 78.233)))];
        var options = new BootstrapOptions { Resamples = 500 };

        Interval interval = Bootstrap.Mean(many, options);

        Assert.Equal(MeanInterval.StudentT(many).Width, interval.Width, 0.1 * interval.Width);
        Assert.True(interval.Contains(many.Average()));
    }

    [Fact]
    public void What_the_values_do_not_say_is_NaN_and_options_are_checked()
    {
        Assert.True(double.IsNaN(Bootstrap.Mean([1]).Low));
        Assert.True(double.IsNaN(Bootstrap.Mean([1, double.NaN, 2]).High));
        Assert.Equal(new Interval(3, 3, 0.95), Bootstrap.Mean([3, 3, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1, 2], new BootstrapOptions { Resamples = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1, 2], new BootstrapOptions { Level = 0 }));
    }
}
