using System.Numerics;
using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class AttentionForwardTests
{
    private static readonly Gen<AttentionCase> Cases = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[1, 40], Gen.Int[1, 230], Gen.Int[1, 40], Gen.Int[1, 70], Gen.Int[1, 2], Gen.Int[1, 3], Gen.Double[0.1, 3])
        .Select((seed, queries, keys, depth, valueDepth, keyHeads, group, size) => AttentionCase.Draw(seed, queries, keys, depth, valueDepth, keyHeads, group, size));

    public static TheoryData<int> Widths => Kernels.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Output_and_vitals_are_those_of_the_formulas_under_every_option(int width) => Cases.Sample(
        attention =>
        {
            Check<double>(attention, width, 4e-14);
            Check<float>(attention, width, 2e-5);
        },
        iter: 25);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Short_sequences_agree_with_the_formulas(int width)
    {
        for (int length = 2; length < 40; length++)
            Check<float>(AttentionCase.Draw(length, length, length, 16, 12, 2, 1, 1), width, 2e-5);
    }

    [Fact]
    public void Several_tiles_of_queries_agree_with_the_formulas()
    {
        for (int seed = 0; seed < 12; seed++)
            Check<float>(AttentionCase.Draw(seed, 200, 300, 16, 40, 1, 2, 1), 3, 2e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Of_several_largest_keys_the_first_is_named(int queries)
    {
        const int Keys = 700;
        int[] places = [0, 5, 95, 96, 97, 191, 192, 193, 255, 256, 300, 699];
        foreach (int place in places)
        {
            AttentionCase attention = AttentionCase.Draw(1, queries, Keys, 4, 4, 1, 1, 0) with
            {
                Options = new AttentionOptions { Heads = 1 },
                Bias = MatrixView.Allocate<double>(queries, Keys),
                KeyCounts = [],
                Sinks = [],
            };
            for (int i = 0; i < queries; i++)
            {
                foreach (int tie in places.Where(tie => tie >= place))
                    attention.Bias[i, tie] = 1;
            }

            foreach (int width in Kernels.Widths.Select(row => row.Data))
                Assert.All(Run<float>(attention, width).Vitals, row => Assert.Equal(place, row.LargestKey));
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        AttentionCase attention = AttentionCase.Draw(3, 300, 300, 32, 32, 2, 2, 1);
        (MatrixView<float> one, AttentionStatistics[] first, _) = Run<float>(attention, 3, 1);
        (MatrixView<float> four, AttentionStatistics[] second, _) = Run<float>(attention, 3, 4);

        Assert.Equal(one.Span.ToArray(), four.Span.ToArray());
        Assert.Equal(first, second);
    }

    internal static (MatrixView<T> Output, AttentionStatistics[] Vitals, double[] LogSumExp) Run<T>(AttentionCase attention, int width, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = new AttentionPlan<T>(attention.Inputs<T>(), attention.Options);
        MatrixView<T> output = MatrixView.Allocate<T>(attention.Queries, attention.Heads * attention.ValueDepth);
        var lse = new double[attention.Heads * attention.Queries];
        var vitals = new AttentionStatistics[lse.Length];
        Kernels.Of<T>(width).Forward(plan, output, lse, vitals, threads);
        return (output, vitals, lse);
    }

    internal static void Check<T>(AttentionCase attention, int width, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var slow = new SlowAttention(attention);
        (MatrixView<T> output, AttentionStatistics[] vitals, double[] lse) = Run<T>(attention, width);
        double bound = tolerance * (1 + slow.LargestScore);
        for (int i = 0; i < output.Rows; i++)
        {
            for (int j = 0; j < output.Columns; j++)
                Assert.Equal(slow.Output[i, j], double.CreateTruncating(output[i, j]), bound * slow.LargestValue);
        }

        for (int i = 0; i < vitals.Length; i++)
        {
            (AttentionStatistics expected, AttentionStatistics got) = (slow.Vitals[i], vitals[i]);
            double temperature = attention.Options.Temperatures.IsEmpty ? 1 : attention.Options.Temperatures.Span[i / attention.Queries];
            Assert.Equal(expected.UnmaskedCount, got.UnmaskedCount);
            Assert.Equal(got.LogSumExp, lse[i]);
            Close(expected.LogSumExp, got.LogSumExp, bound);
            Close(expected.MaxLogit, got.MaxLogit, bound * temperature);
            if (expected.LargestKey < 0 || got.LargestKey < 0)
                Assert.Equal(expected.LargestKey, got.LargestKey);
            else   // rounding may prefer another of two that are nearly equal
                Close(expected.MaxLogit, slow.Logits[i][got.LargestKey], bound * temperature);
            Close(expected.Entropy, got.Entropy, bound);
            Close(expected.NormalizedEntropy, got.NormalizedEntropy, bound / Math.Log(2));
            Close(expected.SumSquares, got.SumSquares, bound * expected.SumSquares);
            Close(expected.FirstKeyMass, got.FirstKeyMass, bound * expected.FirstKeyMass);
            Close(expected.SinkMass, got.SinkMass, bound * expected.SinkMass);
            Close(expected.MeanLogit, got.MeanLogit, bound * temperature);
            Close(expected.Variance, got.Variance, bound * temperature * temperature * (1 + slow.LargestScore));
        }
    }

    private static void Close(double expected, double got, double tolerance)
    {
        if (double.IsFinite(expected))
            Assert.Equal(expected, got, tolerance + 1e-300);
        else
            Assert.Equal(expected, got);
    }
}
