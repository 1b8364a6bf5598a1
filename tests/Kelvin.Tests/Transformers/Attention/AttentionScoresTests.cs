using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Attention;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class AttentionScoresTests
{
    private const int Heads = 4;
    private const int Depth = 8;

    public static TheoryData<string, AttentionOptions> Options { get; } = new()
    {
        { "plain", new AttentionOptions { Heads = Heads } },
        { "causal", new AttentionOptions { Heads = Heads, IsCausal = true } },
        { "grouped", new AttentionOptions { Heads = Heads, KeyValueHeads = 2, IsCausal = true } },
        { "window", new AttentionOptions { Heads = Heads, IsCausal = true, Window = 3 } },
        { "window both ways", new AttentionOptions { Heads = Heads, Window = 4 } },
        { "soft-cap", new AttentionOptions { Heads = Heads, IsCausal = true, SoftCap = 1.5, Scale = 2 } },
        { "ALiBi", new AttentionOptions { Heads = Heads, IsCausal = true, Slopes = AlibiSlopes.For(Heads) } },
        { "all", new AttentionOptions { Heads = Heads, KeyValueHeads = 1, IsCausal = true, Window = 5, SoftCap = 3, Slopes = AlibiSlopes.For(Heads) } },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Their_softmax_has_the_statistics_that_fused_attention_reports(string name, AttentionOptions options)
    {
        foreach (bool hasSinks in (bool[])[false, true])
        {
            AttentionInputs<float> inputs = Inputs(options, queries: 9, keys: 11, hasSinks);
            var expected = new AttentionStatistics[Heads * 9];
            FusedAttention.Forward(inputs, options, MatrixView.Allocate<float>(9, Heads * Depth), vitals: expected);

            for (int head = 0; head < Heads; head++)
            {
                MatrixView<float> scores = MatrixView.Allocate<float>(4, AttentionScores.RowLength(inputs));
                AttentionScores.Compute(inputs, options, head, 5, scores);

                for (int i = 0; i < 4; i++)
                {
                    AttentionStatistics fused = expected[(head * 9) + 5 + i];
                    SoftmaxStatistics row = TemperedSoftmax.Statistics(scores.Row(i), 1);
                    Assert.Equal(fused.LogSumExp, row.LogSumExp, 2e-5);
                    Assert.Equal(fused.Entropy, row.Entropy, 2e-5);
                    Assert.Equal(fused.UnmaskedCount, row.UnmaskedCount);
                }
            }
        }

        Assert.NotEmpty(name);
    }

    [Fact]
    public void What_they_do_not_compute_is_refused()
    {
        var options = new AttentionOptions { Heads = Heads };
        AttentionInputs<float> inputs = Inputs(options, 2, 2, hasSinks: false);
        MatrixView<float> scores = MatrixView.Allocate<float>(2, 2);

        Assert.Throws<ArgumentException>(() => AttentionScores.Compute(inputs with { KeyCounts = new int[2] }, options, 0, 0, scores));
        Assert.Throws<ArgumentException>(() => AttentionScores.Compute(inputs with { Sinks = new float[Heads] }, options, 0, 0, scores));
        Assert.ThrowsAny<ArgumentException>(() => AttentionScores.Compute(inputs, options, Heads, 0, scores));
    }

    private static AttentionInputs<float> Inputs(AttentionOptions options, int queries, int keys, bool hasSinks)
    {
        int width = (options.KeyValueHeads ?? Heads) * Depth;
        return new AttentionInputs<float>
        {
            Queries = Waves(queries, Heads * Depth, 1),
            Keys = Waves(keys, width, 2),
            Values = Waves(keys, width, 3),
            Sinks = hasSinks ? new[] { 0.5f, -1, 2, 0 } : default(ReadOnlyMemory<float>),
        };
    }

    private static MatrixView<float> Waves(int rows, int columns, int seed)
    {
        MatrixView<float> matrix = MatrixView.Allocate<float>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                matrix[i, j] = (float)(1.3 * Math.Sin((seed * 12.9898) + (i * 4.1414) + (j * 7.233)));
        }

        return matrix;
    }
}
