using CsCheck;
using Kelvin.Statistics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Statistics;

public sealed class MeanBoundTests
{
    [Theory]
    [InlineData(0.5, 0.5, 100)]
    [InlineData(0.02, 2, 500)]
    [InlineData(4, 1, 30)]
    public void The_mean_of_a_beta_law_is_covered_as_often_as_promised(double a, double b, int n)
    {
        const int Runs = 1000;
        var random = new Xoshiro256StarStar(5, threadSafe: false);
        double mean = 10 * a / (a + b);
        int upper = 0;
        int lower = 0;
        int bernstein = 0;
        double[] values = new double[n];
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < n; i++)
                values[i] = 10 * Beta.Sample(random, a, b);
            upper += MeanBound.Upper(values, 0, 10, 0.9) >= mean ? 1 : 0;
            lower += MeanBound.Lower(values, 0, 10, 0.9) <= mean ? 1 : 0;
            bernstein += MeanBound.BernsteinUpper(values, 0, 10, 0.9) >= mean ? 1 : 0;
        }

        const int Least = 870;   // 900 less three standard errors of a share of 0.9 in 1 000 runs
        Assert.InRange(upper, Least, Runs);
        Assert.InRange(lower, Least, Runs);
        Assert.InRange(bernstein, Least, Runs);
    }

    [Fact]
    public void Rare_large_values_are_covered_although_most_samples_hold_none()
    {
        var random = new Xoshiro256StarStar(6, threadSafe: false);
        double[] values = new double[200];
        int covered = 0;
        for (int run = 0; run < 1000; run++)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = random.NextDouble() < 0.002 ? 1 : 0;
            covered += MeanBound.Upper(values, 0, 1, 0.9) >= 0.002 ? 1 : 0;
        }

        Assert.Equal(1000, covered);
    }

    [Fact]
    public void Zeros_give_the_bound_that_no_method_can_beat_by_much()
    {
        double bound = MeanBound.Upper(new double[1000], 0, 1);

        Assert.InRange(bound, 1 - Math.Pow(0.05, 1e-3), 1.2 * -Math.Log(0.05) / 1000);
    }

    [Fact]
    public void Betting_is_tighter_than_Bernstein_and_both_close_in()
    {
        var random = new Xoshiro256StarStar(7, threadSafe: false);
        double[] values = new double[20_000];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextDouble() * random.NextDouble();

        double betting = MeanBound.Upper(values, 0, 50);
        double bernstein = MeanBound.BernsteinUpper(values, 0, 50);

        Assert.True(betting < bernstein);
        Assert.InRange(betting - 0.25, 0, 0.015);
    }

    [Fact]
    public void Bounds_move_with_the_values() =>
        Gen.Select(Gen.Double[0, 1].Array[1, 50], Gen.Double[-5, 5], Gen.Double[0.1, 10]).Sample((values, shift, scale) =>
        {
            double[] moved = Array.ConvertAll(values, x => (x * scale) + shift);
            double bound = MeanBound.Upper(values, 0, 1);
            double other = MeanBound.Upper(moved, Math.Min(shift, moved.Min()), Math.Max(shift + scale, moved.Max()));
            return Math.Abs(other - ((bound * scale) + shift)) < 1e-6 * (1 + scale) && bound >= values.Average() - 1e-12 && bound <= 1;
        });

    [Fact]
    public void An_unlucky_order_never_takes_the_bound_below_the_mean_seen()
    {
        double[] values = [.. Enumerable.Repeat(0.0, 30), .. Enumerable.Repeat(1.0, 19)];

        Assert.Equal(19.0 / 49, MeanBound.Upper(values, 0, 1), 12);
        Assert.Equal(30.0 / 49, MeanBound.Lower([.. values.Select(x => 1 - x)], 0, 1), 12);
    }

    [Fact]
    public void Nothing_seen_means_nothing_known()
    {
        Assert.Equal(3, MeanBound.Upper([], 1, 3));
        Assert.Equal(1, MeanBound.Lower([], 1, 3));
        Assert.Equal(3, MeanBound.BernsteinUpper([2], 1, 3));
        Assert.True(double.IsNaN(MeanBound.Upper([double.NaN], 0, 1)));
        Assert.Throws<ArgumentException>(() => MeanBound.Upper([2], 0, 1));
        Assert.Throws<ArgumentException>(() => MeanBound.Upper([2], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanBound.Upper([0.5], 0, 1, 1));
    }
}
