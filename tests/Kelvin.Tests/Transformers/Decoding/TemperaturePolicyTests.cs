using CsCheck;
using Kelvin.Softmax;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Tests.Transformers.Decoding;

public sealed class TemperaturePolicyTests
{
    private static readonly Gen<float[]> Row = Gen.Float[-8, 8].Array[2, 60];

    [Fact]
    public void Entropy_based_temperature_is_the_formula() =>
        Gen.Select(Row, Gen.Double[0.1, 2], Gen.Double[0, 3], Gen.Double[0.3, 1]).Sample((z, t0, theta, n) =>
        {
            double entropy = SlowSampler.Entropy(SlowSampler.Softmax([.. z.Select(x => (double)x)], 1));
            double expected = t0 * Math.Pow(n, theta / entropy);
            double actual = Choose(new EntropyBasedTemperature(t0, theta, n), z);
            return Math.Abs(actual - expected) <= 1e-3 * expected && actual <= t0;   // θ/H multiplies the error of H
        });

    [Fact]
    public void A_certain_row_is_greedy_under_entropy_based_temperature()
    {
        Assert.Equal(0, Choose(new EntropyBasedTemperature(1, 0.5), [0, 500]));
        Assert.Equal(1, Choose(new EntropyBasedTemperature(1, 0), [0, 500]));
    }

    [Fact]
    public void Entropy_range_temperature_is_the_formula() =>
        Gen.Select(Row, Gen.Double[0, 1], Gen.Double[0, 2], Gen.Double[0.3, 3]).Sample((z, low, more, exponent) =>
        {
            double share = SlowSampler.Entropy(SlowSampler.Softmax([.. z.Select(x => (double)x)], 1)) / Math.Log(z.Length);
            double actual = Choose(new EntropyRangeTemperature(low, low + more, exponent), z);
            return Math.Abs(actual - (low + (more * Math.Pow(share, exponent)))) < 1e-4;
        });

    [Fact]
    public void Entropy_range_runs_from_one_end_to_the_other()
    {
        var policy = new EntropyRangeTemperature(0.2, 1.7, 2);

        Assert.Equal(0.2, Choose(policy, [0, 500]), 1e-12);
        Assert.Equal(1.7, Choose(policy, [3, 3, 3]), 1e-6);
        Assert.Equal(0.2, Choose(policy, [3]));
    }

    [Fact]
    public void Target_entropy_is_the_entropy_of_the_distribution_drawn_from() =>
        Gen.Select(Row, Gen.Double[0.05, 0.95]).Sample((z, share) =>
        {
            double target = share * Math.Log(z.Length);
            var policy = new TargetEntropyTemperature(target);
            SampledToken drawn = new TokenSampler(z.Length, policy).Sample(z, []);
            Assert.True(!drawn.Choice.IsReached || Math.Abs(drawn.ScaledEntropy - target) < 1e-4, $"{drawn.ScaledEntropy} for {target}");
            Assert.Equal(1, policy.Reached + policy.Unreachable);
        });

    [Fact]
    public void Targets_out_of_reach_are_counted_and_drawn_at_the_limit()
    {
        var policy = new TargetEntropyTemperature(2);
        var sampler = new TokenSampler(3, policy);

        SampledToken above = sampler.Sample([1, 2, 3], []);          // log 3 < 2
        Assert.False(above.Choice.IsReached);
        Assert.Equal(Math.Log(3), above.ScaledEntropy, 1e-12);

        var low = new TargetEntropyTemperature(0.1);
        SampledToken below = new TokenSampler(3, low).Sample([5, 5, 0], []);   // log 2 > 0.1
        Assert.False(below.Choice.IsReached);
        Assert.Equal(0, below.Choice.Temperature);
        Assert.Equal((0, 1, 0, 1), (policy.Reached, policy.Unreachable, low.Reached, low.Unreachable));
    }

    [Fact]
    public void A_rule_sees_position_candidates_and_statistics()
    {
        var seen = new List<(int Position, double Max)>();
        var policy = new RuleTemperature((in CandidateRow row) =>
        {
            seen.Add((row.Position, row.Statistics.MaxLogit));
            return 1.0 / (1 + row.Position);
        });
        var sampler = new TokenSampler(3, policy, new SamplingOptions { TopK = 2 });

        Assert.Equal(1, sampler.Sample([1, 2, 3], []).Choice.Temperature);
        Assert.Equal(0.5, sampler.Sample([1, 2, 4], []).Choice.Temperature);
        Assert.Equal([(0, 3.0), (1, 4.0)], seen);
    }

    private static double Choose(ITemperaturePolicy policy, float[] z) =>
        policy.Choose(new CandidateRow(z, TemperedSoftmax.Statistics(z, 1), 0)).Temperature;
}
