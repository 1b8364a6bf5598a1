using Kelvin.Cli.Demo;

namespace Kelvin.Cli.Tests.Demo;

public sealed class LogThinningTests
{
    [Fact]
    public void Few_values_are_all_kept()
    {
        Assert.Equal([0, 1, 2, 3], LogThinning.Choose([3, 1, double.NaN, 2]));
        Assert.Empty(LogThinning.Choose([]));
    }

    [Fact]
    public void Many_values_are_thinned_but_spikes_and_both_ends_stay()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => i % 7 + 1.0)];
        values[777] = 100;
        values[888] = double.NaN;

        int[] kept = LogThinning.Choose(values);

        Assert.InRange(kept.Length, 50, 200);
        Assert.Contains(777, kept);
        Assert.Contains(888, kept);
        Assert.Equal(0, kept[0]);
        Assert.Equal(999, kept[^1]);
        Assert.Equal(kept.Order(), kept);
    }
}
