using CsCheck;
using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class TargetEntropyTests
{
    /// <summary>Rows with one maximum, so that the entropy may be anything above 0.</summary>
    private static readonly Gen<double[]> Row =
        Gen.Select(Gen.Double[-20, 20].Array[1, 60], Gen.Double[0.01, 5]).Select((z, margin) => (double[])[.. z, z.Max() + margin]);

    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.01)]
    [InlineData(1.0)]
    [InlineData(1.6)]
    [InlineData(1.6094)]
    public void The_softmax_at_the_temperature_found_has_the_entropy_asked_for(double target)
    {
        double[] z = [3, 1, -2, 0.5, 2.5];

        TargetEntropyFit fit = TargetEntropy.Find(z, target);

        Assert.Equal(TargetEntropyOutcome.Reached, fit.Outcome);
        Assert.Equal(target, TemperedSoftmax.Statistics(z, fit.Temperature).Entropy, 16e-16 * Math.Log(5));
        Assert.Equal(fit.Entropy, fit.Statistics.Entropy, 1e-14);
    }

    [Fact]
    public void Any_target_strictly_between_the_limits_is_reached() =>
        Gen.Select(Row, Gen.Double[0.001, 0.999]).Sample((z, share) =>
        {
            double target = share * Math.Log(z.Length);

            TargetEntropyFit fit = TargetEntropy.Find(z, target);

            return fit.Outcome == TargetEntropyOutcome.Reached
                && Math.Abs(fit.Entropy - target) <= 4 * 2.3e-16 * Math.Log(z.Length) * Math.Max(1, z.Length / 8)
                && fit.Iterations < 60;
        });

    [Fact]
    public void The_temperature_found_is_the_one_that_halving_alone_would_find() =>
        Gen.Select(Row, Gen.Double[0.05, 0.95]).Sample((z, share) =>
        {
            double target = share * Math.Log(z.Length);
            double low = 1e-6;
            double high = 1e6;
            for (int i = 0; i < 200; i++)
            {
                double middle = Math.Sqrt(low * high);
                (low, high) = PlainEntropy(z, middle) < target ? (middle, high) : (low, middle);
            }

            double slope = TemperedSoftmax.Statistics(z, low) is var row ? row.Variance / (low * low) : 0;
            return Math.Abs(Math.Log(TargetEntropy.Find(z, target).Temperature / low)) <= 1e-13 / slope * Math.Log(z.Length);
        });

    [Fact]
    public void More_entropy_takes_more_temperature() =>
        Gen.Select(Row, Gen.Double[0.01, 0.49], Gen.Double[0.51, 0.99]).Sample((z, less, more) =>
            TargetEntropy.Find(z, less * Math.Log(z.Length)).Temperature < TargetEntropy.Find(z, more * Math.Log(z.Length)).Temperature);

    [Fact]
    public void Scaling_the_logits_scales_the_temperature() =>
        Gen.Select(Row, Gen.Double[0.05, 0.95]).Sample((z, share) =>
        {
            double target = share * Math.Log(z.Length);
            double[] scaled = Array.ConvertAll(z, x => x * 1024);   // a power of two: equal to the bit

            return TargetEntropy.Find(scaled, target).Temperature == 1024 * TargetEntropy.Find(z, target).Temperature;
        });

    [Fact]
    public void Masked_entries_count_for_nothing()
    {
        double[] plain = [1, 2, 4];
        double[] masked = [double.NegativeInfinity, 1, double.NegativeInfinity, 2, 4];

        TargetEntropyFit fit = TargetEntropy.Find(masked, 0.7);

        Assert.Equal(TargetEntropy.Find(plain, 0.7).Temperature, fit.Temperature);
        Assert.Equal(Math.Log(3), fit.UpperLimit);
    }

    [Theory]
    [InlineData(0.5, TargetEntropyOutcome.BelowReach, 0)]
    [InlineData(0.6931471805599453, TargetEntropyOutcome.AtLowerLimit, 0)]
    [InlineData(0.7, TargetEntropyOutcome.Reached, 0.3)]
    [InlineData(1.3862943611198906, TargetEntropyOutcome.AtUpperLimit, double.PositiveInfinity)]
    [InlineData(1.5, TargetEntropyOutcome.AboveReach, double.PositiveInfinity)]
    [InlineData(-1, TargetEntropyOutcome.BelowReach, 0)]
    public void Outside_the_limits_of_tied_logits_the_limit_is_returned(double target, TargetEntropyOutcome outcome, double near)
    {
        TargetEntropyFit fit = TargetEntropy.Find([2.0, 2, 0, 0.5], target);

        Assert.Equal(outcome, fit.Outcome);
        Assert.Equal((Math.Log(2), Math.Log(4)), (fit.LowerLimit, fit.UpperLimit));
        Assert.True(fit.Temperature == near || Math.Abs(fit.Temperature - near) < 0.1);
        Assert.Equal(1 / fit.Temperature, fit.InverseTemperature);
    }

    [Fact]
    public void Equal_logits_have_one_entropy_at_every_temperature()
    {
        Assert.Equal(TargetEntropyOutcome.EveryTemperature, TargetEntropy.Find([5.0, 5, 5], Math.Log(3)).Outcome);
        Assert.Equal(TargetEntropyOutcome.EveryTemperature, TargetEntropy.Find([5.0], 0).Outcome);
        Assert.Equal(1, TargetEntropy.Find([5.0, 5, 5], Math.Log(3)).Temperature);
        Assert.Equal(TargetEntropyOutcome.BelowReach, TargetEntropy.Find([5.0, 5, 5], 1).Outcome);
        Assert.Equal(TargetEntropyOutcome.AboveReach, TargetEntropy.Find([5.0], 1).Outcome);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_row_that_is_not_finite_has_no_temperature(double bad)
    {
        Assert.Equal(TargetEntropyOutcome.NotFinite, TargetEntropy.Find([1, bad, 2], 0.5).Outcome);
        Assert.True(double.IsNaN(TargetEntropy.Find([1, bad, 2], 0.5).Temperature));
        Assert.Equal(TargetEntropyOutcome.NotFinite, TargetEntropy.Find([double.NegativeInfinity], 0).Outcome);
    }

    [Fact]
    public void Huge_and_tiny_logits_are_no_harder()
    {
        double temperature = TargetEntropy.Find([1.0, 2, 4], 0.7).Temperature;

        Assert.Equal(temperature * 1e30, TargetEntropy.Find([1e30, 2e30, 4e30], 0.7).Temperature, temperature * 1e17);
        Assert.Equal(temperature * 1e-30, TargetEntropy.Find([1e-30, 2e-30, 4e-30], 0.7).Temperature, temperature * 1e-43);
        Assert.Equal(temperature, TargetEntropy.Find([1e4 + 1, 1e4 + 2, 1e4 + 4], 0.7).Temperature, 1e-13);
    }

    [Fact]
    public void Single_precision_rows_get_the_same_answer()
    {
        float[] z = [3, 1, -2, 0.5f, 2.5f];

        Assert.Equal(TargetEntropy.Find(Array.ConvertAll(z, x => (double)x), 1.1).Temperature, TargetEntropy.Find(z, 1.1).Temperature);
    }

    [Fact]
    public void An_empty_row_and_a_target_of_NaN_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TargetEntropy.Find(ReadOnlySpan<double>.Empty, 1));
        Assert.Throws<ArgumentException>(() => TargetEntropy.Find([1.0, 2], double.NaN));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] z = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i))];

        Assert.Equal(0, Allocations.Fewest(() => TargetEntropy.Find(z, 3)));
    }

    private static double PlainEntropy(double[] z, double temperature)
    {
        double[] p = [.. z.Select(x => Math.Exp((x - z.Max()) / temperature))];
        double sum = p.Sum();
        return -p.Where(x => x > 0).Sum(x => x / sum * Math.Log(x / sum));
    }
}
