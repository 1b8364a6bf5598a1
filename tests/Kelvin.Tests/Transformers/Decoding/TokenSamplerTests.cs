using CsCheck;
using Kelvin.Transformers.Decoding;

namespace Kelvin.Tests.Transformers.Decoding;

public sealed class TokenSamplerTests
{
    private static readonly Gen<float[]> Row = Gen.Int[-512, 512].Select(x => x / 64f).Array[1, 60];
    private static readonly Gen<float[]> RowWithTies = Gen.Int[-3, 3].Select(x => (float)x).Array[1, 40];

    [Fact]
    public void The_candidates_are_those_of_sorting_cutting_and_renormalising()
    {
        Gen.Select(Gen.OneOf(Row, RowWithTies), Gen.Int[1, 20], Gen.Double[0.05, 0.999], Gen.Double[0, 0.6], Gen.Double[1, 2], Gen.Double[0.3, 3], Gen.Bool).Sample(
            (z, k, p, minP, penalty, temperature, isFirst) =>
            {
                var options = new SamplingOptions
                {
                    TopK = k,
                    TopP = p,
                    MinP = minP,
                    RepetitionPenalty = (float)penalty,
                    RepetitionWindow = 2,
                    Order = isFirst ? TemperatureOrder.First : TemperatureOrder.Last,
                };
                var sampler = new TokenSampler(z.Length, new FixedTemperature(temperature), options);
                int[] context = [0, z.Length - 1, z.Length / 2, z.Length / 2];

                SampledToken drawn = sampler.Sample(z, context);

                double cut = isFirst ? (float)temperature : 1;
                double[] penalised = [.. SlowSampler.Penalise(z, context[^2..], (float)penalty).Select(x => (double)(float)x)];
                double[] expected = SlowSampler.TopP(SlowSampler.TopK(penalised, k), p, cut);
                if (IsNearTheEdge(SlowSampler.TopK(penalised, k), p, minP, cut))
                    return;
                expected = SlowSampler.MinP(expected, minP, cut);
                Assert.Equal(expected, [.. sampler.Candidates.ToArray().Select(x => (double)x)], new Within(1e-5));
                double[] scaled = SlowSampler.Softmax(expected, (float)temperature);
                Assert.Equal(Math.Log(scaled[drawn.Token]), drawn.ScaledLogProbability, 1e-4);
                Assert.Equal(SlowSampler.Entropy(scaled), drawn.ScaledEntropy, 1e-4);
                Assert.Equal(scaled.Count(x => x > 0), drawn.Candidates);
                double[] raw = SlowSampler.Softmax([.. z.Select(x => (double)x)], 1);
                Assert.Equal(Math.Log(raw[drawn.Token]), drawn.RawLogProbability, 1e-5);
                Assert.Equal(SlowSampler.Entropy(raw), drawn.Raw.Entropy, 1e-5);
            });
    }

    [Fact]
    public void Tokens_come_as_often_as_their_probability_says()
    {
        float[] z = [0, 1, 2, -1, 0.5f];
        const int Draws = 40_000;
        var sampler = new TokenSampler(z.Length, new FixedTemperature(1.5), new SamplingOptions { Seed = 7 });
        int[] counts = new int[z.Length];

        for (int i = 0; i < Draws; i++)
            counts[sampler.Sample(z, []).Token]++;

        double[] p = SlowSampler.Softmax([.. z.Select(x => (double)x)], 1.5);
        double chiSquare = counts.Select((n, i) => (n - (Draws * p[i])) * (n - (Draws * p[i])) / (Draws * p[i])).Sum();
        Assert.True(chiSquare < 18.47, $"χ² = {chiSquare} with 4 degrees of freedom");   // 0.1 %
    }

    [Fact]
    public void Temperature_zero_is_the_limit_of_small_temperatures() =>
        Row.Where(z => z.OrderDescending().Take(2).Distinct().Count() == Math.Min(2, z.Length)).Sample(z =>
        {
            SampledToken greedy = new TokenSampler(z.Length, new FixedTemperature(0)).Sample(z, []);
            float gap = z.Length == 1 ? 1 : z.OrderDescending().ElementAt(0) - z.OrderDescending().ElementAt(1);
            SampledToken cold = new TokenSampler(z.Length, new FixedTemperature(gap / 100)).Sample(z, []);
            return greedy.Token == Array.IndexOf(z, z.Max()) && greedy.Token == cold.Token
                && greedy.ScaledLogProbability == 0 && Math.Abs(cold.ScaledLogProbability) < 1e-12;
        });

    [Fact]
    public void One_candidate_is_greedy() =>
        Row.Sample(z => new TokenSampler(z.Length, new FixedTemperature(2), new SamplingOptions { TopK = 1 }).Sample(z, []).Token == Array.IndexOf(z, z.Max()));

    [Fact]
    public void The_same_seed_gives_the_same_tokens_and_another_seed_others()
    {
        float[] z = new float[100];
        int[] first = Draw(1);

        Assert.Equal(first, Draw(1));
        Assert.NotEqual(first, Draw(2));

        int[] Draw(int seed)
        {
            var sampler = new TokenSampler(z.Length, new FixedTemperature(1), new SamplingOptions { Seed = seed });
            return [.. Enumerable.Range(0, 20).Select(_ => sampler.Sample(z, []).Token)];
        }
    }

    [Fact]
    public void A_constant_added_to_the_logits_changes_no_draw() =>
        Gen.Select(RowWithTies, Gen.Int[-50, 50], Gen.Int).Sample((z, shift, seed) =>
        {
            var options = new SamplingOptions { TopP = 0.9, TopK = 7, MinP = 0.01, Seed = seed };
            float[] moved = Array.ConvertAll(z, x => x + shift);
            return new TokenSampler(z.Length, new FixedTemperature(0.5), options).Sample(z, []).Token
                == new TokenSampler(z.Length, new FixedTemperature(0.5), options).Sample(moved, []).Token;
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_is_no_distribution_gives_no_token(float bad)
    {
        SampledToken drawn = new TokenSampler(3, new FixedTemperature(1)).Sample([1, bad, 2], []);

        Assert.Equal(-1, drawn.Token);
        Assert.True(double.IsNaN(drawn.RawLogProbability));
    }

    [Fact]
    public void A_masked_token_is_never_drawn()
    {
        var sampler = new TokenSampler(4, new RuleTemperature((in CandidateRow _) => double.PositiveInfinity));

        for (int i = 0; i < 200; i++)
            Assert.True(sampler.Sample([float.NegativeInfinity, 1, float.NegativeInfinity, 9], []).Token is 1 or 3);
        Assert.Equal(-1, sampler.Sample([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], []).Token);
    }

    [Fact]
    public void A_rule_that_gives_no_temperature_is_named()
    {
        var sampler = new TokenSampler(2, new RuleTemperature((in CandidateRow _) => double.NaN));

        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => sampler.Sample([1, 2], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_token()
    {
        float[] z = [.. Enumerable.Range(0, 4000).Select(i => MathF.Sin(i) * 6)];
        int[] context = [.. Enumerable.Range(0, 100)];
        var options = new SamplingOptions { TopK = 500, TopP = 0.95, MinP = 0.001, RepetitionPenalty = 1.1 };

        long bytes = Allocations.Fewest(
            () =>
            {
                var sampler = new TokenSampler(z.Length, new TargetEntropyTemperature(2), options);
                sampler.Sample(z, context);
                return sampler;
            },
            sampler =>
            {
                for (int i = 0; i < 5; i++)
                    sampler.Sample(z, context);
            });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { TopK = 0 }.Check());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { TopP = 0 }.Check());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { MinP = 1.1 }.Check());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SamplingOptions { RepetitionPenalty = 0.9 }.Check());
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedTemperature(-1));
        Assert.Throws<ArgumentException>(() => new TokenSampler(3, new FixedTemperature(1)).Sample([1, 2], []));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new TokenSampler(2, new FixedTemperature(1), new SamplingOptions { RepetitionPenalty = 2 }).Sample([1, 2], [5]));
    }

    /// <summary>Whether a probability lies so near a threshold that float and double may judge it differently.</summary>
    private static bool IsNearTheEdge(double[] z, double share, double ratio, double temperature)
    {
        double[] p = SlowSampler.Softmax(z, temperature);
        double sum = 0;
        double last = 2;
        foreach (double x in p.OrderDescending())
        {
            if (last != x && last - x < 1e-5 * last)
                return true;
            (sum, last) = (sum + x, x);
            if (Math.Abs(sum - share) < 1e-5 || Math.Abs((x / p.Max()) - ratio) < 1e-5)
                return true;
        }

        return false;
    }
}
