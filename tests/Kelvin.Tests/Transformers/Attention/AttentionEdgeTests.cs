using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class AttentionEdgeTests
{
    private static readonly AttentionOptions One = new() { Heads = 1 };
    private static readonly float[] HalfSink = [0.5f];
    private static readonly int[] TooMany = [1, 2, 6];
    private static readonly int[] NoneForTheSecond = [5, 0, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_query_that_sees_nothing_gets_zero_and_no_statistics(int queries)
    {
        (MatrixView<float> output, AttentionStatistics[] vitals) = Run(Inputs(queries, 5) with { KeyCounts = new int[queries] }, One);

        Assert.All(output.Span.ToArray(), x => Assert.Equal(0, x));
        Assert.All(vitals, row =>
        {
            Assert.Equal(double.NegativeInfinity, row.LogSumExp);
            Assert.True(double.IsNaN(row.Entropy) && double.IsNaN(row.MaxLogit) && double.IsNaN(row.FirstKeyMass) && row is { UnmaskedCount: 0, LargestKey: -1 });
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_query_that_sees_only_the_sink_gives_it_everything(int queries)
    {
        (MatrixView<float> output, AttentionStatistics[] vitals) =
            Run(Inputs(queries, 5) with { KeyCounts = new int[queries], Sinks = HalfSink }, One);

        Assert.All(output.Span.ToArray(), x => Assert.Equal(0, x));
        Assert.All(vitals, row => Assert.Equal((0.5, 1.0, 0.0, 0.0, 1), (row.LogSumExp, row.SinkMass, row.Entropy, row.NormalizedEntropy, row.UnmaskedCount)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_keys_at_all_is_an_answer(int queries)
    {
        (MatrixView<float> output, AttentionStatistics[] vitals) = Run(Inputs(queries, 0), One);

        Assert.All(output.Span.ToArray(), x => Assert.Equal(0, x));
        Assert.All(vitals, row => Assert.Equal(double.NegativeInfinity, row.LogSumExp));
    }

    [Theory]
    [InlineData(1, float.NaN)]
    [InlineData(3, float.NaN)]
    [InlineData(1, float.PositiveInfinity)]
    [InlineData(3, float.PositiveInfinity)]
    public void A_score_that_is_not_finite_spoils_its_own_query_only(int queries, float bad)
    {
        AttentionInputs inputs = Inputs(queries, 5);
        MatrixView<float> bias = MatrixView.Allocate<float>(queries, 5);
        bias[0, 2] = bad;

        (MatrixView<float> output, AttentionStatistics[] vitals) = Run(inputs with { Bias = bias }, One);

        Assert.True(float.IsNaN(output[0, 0]));
        Assert.Equal(-1, vitals[0].LargestKey);
        Assert.True(double.IsNaN(vitals[0].LogSumExp) && double.IsNaN(vitals[0].Entropy) && double.IsNaN(vitals[0].Variance) && double.IsNaN(vitals[0].MaxLogit));
        for (int i = 1; i < queries; i++)
            Assert.True(float.IsFinite(output[i, 0]) && double.IsFinite(vitals[i].Entropy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Scores_of_a_quintillion_quintillions_do_not_overflow(int queries)
    {
        MatrixView<float> bias = MatrixView.Allocate<float>(queries, 5);
        for (int i = 0; i < queries; i++)
            (bias[i, 1], bias[i, 3]) = (-1e30f, 1e30f);

        (MatrixView<float> output, AttentionStatistics[] vitals) = Run(Inputs(queries, 5) with { Bias = bias }, One);

        Assert.All(vitals, row => Assert.Equal((1.0, 0.0), (row.SumSquares, row.Entropy)));
        Assert.Equal(Inputs(queries, 5).Values[3, 0], output[0, 0]);
    }

    [Fact]
    public void Equal_scores_have_the_entropy_of_their_number()
    {
        MatrixView<float> zero = MatrixView.Allocate<float>(200, 4);
        (_, AttentionStatistics[] vitals) = Run(new AttentionInputs(zero, zero, zero), One with { IsCausal = true });

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(Math.Log(i + 1), vitals[i].Entropy, 1e-14);
            Assert.Equal(1.0 / (i + 1), vitals[i].FirstKeyMass, 1e-14);
            Assert.Equal(0, vitals[i].Variance, 1e-14);
        }
    }

    [Fact]
    public void The_vitals_obey_the_identities_of_fused_attention()
    {
        AttentionCase drawn = AttentionCase.Draw(4, 30, 200, 8, 8, 1, 1, 2);
        AttentionCase plain = drawn with { Options = new AttentionOptions { Heads = 1, Scale = 0.7 }, Bias = default, KeyCounts = [], Sinks = [] };
        (_, AttentionStatistics[] vitals, _) = AttentionForwardTests.Run<double>(plain, 3);
        (MatrixView<double> meanKey, _, double[] lse) = AttentionForwardTests.Run<double>(plain with { V = plain.K }, 3);
        (_, _, double[] doubled) = AttentionForwardTests.Run<double>(plain with { Options = plain.Options with { Scale = 1.4 } }, 3);

        for (int i = 0; i < 30; i++)
        {
            double mean = 0;
            for (int j = 0; j < 8; j++)
                mean += 0.7 * plain.Q[i, j] * meanKey[i, j];
            Assert.Equal(mean, vitals[i].MeanLogit, 1e-12);
            Assert.Equal(lse[i] - mean, vitals[i].Entropy, 1e-12);
            Assert.Equal(Math.Exp(doubled[i] - (2 * lse[i])), vitals[i].SumSquares, 1e-12);
            Assert.InRange(vitals[i].MaxLogit, lse[i] - Math.Log(200), lse[i]);
        }
    }

    [Fact]
    public void A_variance_far_below_the_square_of_the_distance_from_the_maximum_keeps_its_digits()
    {
        // one score 0, 999 of −3 ± 0.001: around the maximum the squares would be 9 and the variance 2.7
        MatrixView<float> q = MatrixView.Allocate<float>(2, 1);
        MatrixView<float> k = MatrixView.Allocate<float>(20_000, 1);
        q.Span.Fill(1);
        for (int j = 1; j < k.Rows; j++)
            k[j, 0] = -8 + (0.001f * (j % 3));
        (_, AttentionStatistics[] vitals) = Run(new AttentionInputs(q, k, k), One);

        double[] p = [.. k.Span.ToArray().Select(z => Math.Exp(z))];
        double sum = p.Sum();
        double mean = k.Span.ToArray().Select((z, j) => z * p[j] / sum).Sum();
        double variance = k.Span.ToArray().Select((z, j) => (z - mean) * (z - mean) * p[j] / sum).Sum();
        Assert.Equal(variance, vitals[0].Variance, 2e-4 * variance);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        AttentionInputs inputs = Inputs(120, 130);
        AttentionInputs token = Inputs(1, 700);
        MatrixView<float> output = MatrixView.Allocate<float>(120, 4);
        MatrixView<float> tokenOutput = MatrixView.Allocate<float>(1, 4);
        double[] lse = new double[120];
        var vitals = new AttentionStatistics[120];
        var gradients = new AttentionGradients<float>
        {
            Queries = MatrixView.Allocate<float>(120, 4),
            Keys = MatrixView.Allocate<float>(130, 4),
            Values = MatrixView.Allocate<float>(130, 4),
        };

        long bytes = Allocations.Fewest(
            () => 0,
            _ =>
            {
                FusedAttention.Forward(inputs.ToPublic(), One, output, lse, vitals);
                FusedAttention.Backward(inputs.ToPublic(), One, output, lse, output, gradients);
                FusedAttention.Forward(token.ToPublic(), One, tokenOutput, lse.AsMemory(0, 1), vitals.AsMemory(0, 1));
            });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        AttentionInputs inputs = Inputs(3, 5);

        Assert.Contains("KeyValueHeads", Refused(inputs, new AttentionOptions { Heads = 2, KeyValueHeads = 4 }), StringComparison.Ordinal);
        Assert.Contains("Window", Refused(inputs, One with { Window = 0 }), StringComparison.Ordinal);
        Assert.Contains("SoftCap", Refused(inputs, One with { SoftCap = -1 }), StringComparison.Ordinal);
        Assert.Contains("Temperatures", Refused(inputs, One with { Temperatures = new double[2] }), StringComparison.Ordinal);
        Assert.Contains("Temperatures", Refused(inputs, One with { Temperatures = new double[1] }), StringComparison.Ordinal);
        Assert.Contains("KeyCounts", Refused(inputs with { KeyCounts = TooMany }, One), StringComparison.Ordinal);
        Assert.Contains("Bias", Refused(inputs with { Bias = MatrixView.Allocate<float>(3, 4) }, One), StringComparison.Ordinal);
        Assert.Contains("Keys", Refused(inputs with { Keys = MatrixView.Allocate<float>(5, 3) }, One), StringComparison.Ordinal);
        Assert.Contains("Sinks", Refused(inputs with { Sinks = new float[2] }, One), StringComparison.Ordinal);

        static string Refused(AttentionInputs inputs, AttentionOptions options) => Assert.ThrowsAny<ArgumentException>(() => Run(inputs, options)).Message;
    }

    [Fact]
    public void A_head_is_summed_up_over_the_queries_that_see_something()
    {
        (_, AttentionStatistics[] vitals) = Run(Inputs(3, 5) with { KeyCounts = NoneForTheSecond }, One);
        HeadVitals head = HeadVitals.Of(vitals);

        Assert.Equal((2L, 1L), (head.Queries, head.MaskedQueries));
        Assert.Equal(Math.Max(vitals[0].MaxLogit, vitals[2].MaxLogit), head.MaxLogit);
        Assert.Equal((vitals[0].Entropy + vitals[2].Entropy) / 2, head.Entropy);
        Assert.Equal((vitals[0].NormalizedEntropy + vitals[2].NormalizedEntropy) / 2, head.NormalizedEntropy);
        Assert.True(HeadVitals.Of(default) is { Queries: 0, MaxLogit: double.NaN, Entropy: double.NaN });
    }

    [Fact]
    public void Alibi_slopes_are_the_published_ones()
    {
        Assert.Equal([0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625], AlibiSlopes.For(8));
        Assert.Equal([0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125], AlibiSlopes.For(6));
        Assert.Equal([1.0 / 256], AlibiSlopes.For(1));
    }

    private static AttentionInputs Inputs(int queries, int keys)
    {
        AttentionCase drawn = AttentionCase.Draw(2, queries, keys, 4, 4, 1, 1, 1);
        return new AttentionInputs(AttentionCase.As<float>(drawn.Q), AttentionCase.As<float>(drawn.K), AttentionCase.As<float>(drawn.V));
    }

    private static (MatrixView<float> Output, AttentionStatistics[] Vitals) Run(AttentionInputs inputs, AttentionOptions options)
    {
        MatrixView<float> output = MatrixView.Allocate<float>(inputs.Queries.Rows, inputs.Values.Columns);
        var vitals = new AttentionStatistics[options.Heads * inputs.Queries.Rows];
        FusedAttention.Forward(inputs.ToPublic(), options, output, default, vitals);
        return (output, vitals);
    }

    private sealed record AttentionInputs(MatrixView<float> Queries, MatrixView<float> Keys, MatrixView<float> Values)
    {
        public MatrixView<float> Bias { get; init; }

        public int[] KeyCounts { get; init; } = [];

        public float[] Sinks { get; init; } = [];

        public AttentionInputs<float> ToPublic() => new()
        {
            Queries = Queries,
            Keys = Keys,
            Values = Values,
            Bias = Bias,
            KeyCounts = KeyCounts,
            Sinks = Sinks,
        };
    }
}
