using CsCheck;
using Kelvin.Statistics;

namespace Kelvin.Tests.Statistics;

public sealed class MomentsTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-100, 100].Array[2, 60];

    [Fact]
    public void Mean_and_variance_are_those_of_two_plain_passes() => Values.Sample(x =>
    {
        Moments moments = Moments.Of(x);
        double mean = x.Average();
        double variance = x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);

        return Math.Abs(moments.Mean - mean) < 1e-12 && Math.Abs(moments.Variance - variance) <= 1e-12 * (1 + variance)
            && moments.Minimum == x.Min() && moments.Maximum == x.Max() && moments.Count == x.Length;
    });

    [Fact]
    public void Merging_parts_is_gathering_the_whole() => Gen.Select(Values, Values).Sample((x, y) =>
    {
        Moments merged = Moments.Of(x);
        merged.Merge(Moments.Of(y));
        Moments whole = Moments.Of([.. x, .. y]);

        return merged.Count == whole.Count && Math.Abs(merged.Mean - whole.Mean) < 1e-12
            && Math.Abs(merged.Variance - whole.Variance) <= 1e-12 * (1 + whole.Variance) && merged.Maximum == whole.Maximum;
    });

    [Fact]
    public void A_large_common_offset_leaves_the_variance_its_digits()
    {
        Moments moments = Moments.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);

        Assert.Equal(30, moments.Variance, 1e-6);
    }

    [Fact]
    public void Merging_with_nothing_changes_nothing()
    {
        Moments moments = Moments.Of([1, 2, 4]);
        Moments merged = moments;
        Moments empty = default;

        merged.Merge(empty);
        empty.Merge(moments);

        Assert.Equal(moments, merged);
        Assert.True(moments == empty && !(moments != empty) && moments.GetHashCode() == empty.GetHashCode());
    }

    [Fact]
    public void What_values_do_not_say_is_NaN()
    {
        Assert.True(double.IsNaN(default(Moments).Mean) && double.IsNaN(default(Moments).Minimum));
        Assert.True(double.IsNaN(Moments.Of([1]).Variance) && Moments.Of([1]).PopulationStandardDeviation == 0);
        Assert.True(double.IsNaN(Moments.Of([1, double.NaN]).Mean) && double.IsNaN(Moments.Of([1, double.NaN]).Maximum));
    }
}
