using CsCheck;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class MetamorphicTests
{
    [Fact]
    public void Scaling_the_logits_and_the_temperature_together_changes_nothing() =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample((z, t) =>
        {
            float[] p = new float[z.Length];
            float[] q = new float[z.Length];
            TemperedSoftmax.Forward(z, t, p);
            TemperedSoftmax.Forward(Array.ConvertAll(z, x => 2 * x), 2 * t, q);   // 2 is exact in binary: equal to the bit
            return p.AsSpan().SequenceEqual(q);
        });

    [Fact]
    public void A_common_shift_changes_nothing_but_the_level() =>
        Gen.Select(Gen.Int[-4000, 4000].Select(x => x / 256.0).Array[1, 100], Gen.Int[-1000, 1000]).Sample((z, shift) =>
        {
            SoftmaxStatistics here = TemperedSoftmax.Statistics(z, 1);
            SoftmaxStatistics there = TemperedSoftmax.Statistics(Array.ConvertAll(z, x => x + shift), 1);   // exact

            Assert.Equal(here.Entropy, there.Entropy);
            Assert.Equal(here.Variance, there.Variance);
            Assert.Equal(here.LogSumExp + shift, there.LogSumExp, 1e-11);
        });

    [Fact]
    public void The_order_of_the_entries_does_not_matter() =>
        Rows.Any.Sample(z =>
        {
            SoftmaxStatistics forward = TemperedSoftmax.Statistics(Rows.Widened(z), 1);
            SoftmaxStatistics backward = TemperedSoftmax.Statistics(Rows.Widened([.. z.Reverse()]), 1);

            Close.Statistics(forward with { ArgMax = backward.ArgMax }, backward, Close.Double, 1);
        });

    [Fact]
    public void The_slope_of_the_entropy_is_its_derivative_in_the_temperature() =>
        Gen.Select(Gen.Double[-3, 3].Array[2, 40], Gen.Double[0.5, 3]).Sample((z, t) =>
        {
            double h = 1e-5 * t;
            double slope = (TemperedSoftmax.Statistics(z, t + h).Entropy - TemperedSoftmax.Statistics(z, t - h).Entropy) / (2 * h);
            Assert.Equal(slope, TemperedSoftmax.Statistics(z, t).EntropySlope, 1e-8);
        });
}
