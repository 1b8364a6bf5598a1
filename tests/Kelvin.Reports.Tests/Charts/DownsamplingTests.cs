using CsCheck;
using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Tests.Charts;

public class DownsamplingTests
{
    private static readonly Gen<double[]> Curve = Gen.OneOf(Gen.Double[-5, 5], Gen.Double[-5, 5], Gen.Const(double.NaN)).Array[20, 3000];

    [Fact]
    public void A_short_line_stays_whole() =>
        Assert.Equal([0, 1, 2], Downsampling.Choose([3, 1, 2], null, null));

    [Fact]
    public void The_smallest_and_the_largest_value_stay() =>
        Curve.Sample(y =>
        {
            int[] kept = Downsampling.Choose(y, null, null, limit: 64);
            double[] finite = [.. y.Where(double.IsFinite)];
            return finite.Length == 0 || (kept.Any(i => y[i] == finite.Min()) && kept.Any(i => y[i] == finite.Max()));
        });

    [Fact]
    public void Indices_increase_from_the_first_to_the_last_and_respect_the_limit() =>
        Curve.Sample(y =>
        {
            int[] kept = Downsampling.Choose(y, y, y, limit: 64);
            return kept.Length <= 64 && kept[0] == 0 && kept[^1] == y.Length - 1 && kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second);
        });

    [Fact]
    public void The_edges_of_a_band_keep_their_extremes()
    {
        double[] y = new double[5000];
        double[] low = new double[5000];
        double[] high = new double[5000];
        low[1234] = -7;
        high[4321] = 9;

        int[] kept = Downsampling.Choose(y, low, high);

        Assert.Contains(1234, kept);
        Assert.Contains(4321, kept);
    }

    [Fact]
    public void A_single_missing_value_stays_a_gap()
    {
        double[] y = new double[5000];
        y[2500] = double.NaN;

        Assert.Contains(2500, Downsampling.Choose(y, null, null));
    }
}
