using System.Numerics;
using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Networks;
using Kelvin.Transformers.Attention;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class AttentionBackwardTests
{
    private static readonly Gen<AttentionCase> Small = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 2], Gen.Double[0.2, 1.5])
        .Select((seed, queries, keys, depth, valueDepth, keyHeads, group, size) => AttentionCase.Draw(seed, queries, keys, depth, valueDepth, keyHeads, group, size));

    private static readonly Gen<AttentionCase> Large = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[1, 220], Gen.Int[1, 220], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 2], Gen.Int[1, 2])
        .Select((seed, queries, keys, depth, valueDepth, keyHeads, group) => AttentionCase.Draw(seed, queries, keys, depth, valueDepth, keyHeads, group, 1));

    private static readonly Gen<AttentionCase> Short = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[2, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 3], Gen.Int[1, 2])
        .Select((seed, queries, keys, depth, valueDepth, keyHeads, group) => AttentionCase.Draw(seed, queries, keys, depth, valueDepth, keyHeads, group, 1));

    public static TheoryData<int> Widths => Kernels.Widths;

    [Fact]
    public void Gradients_are_the_central_differences_of_the_slow_forward_pass_under_every_option() => Small.Sample(
        attention =>
        {
            MatrixView<double> weights = OutputGradient(attention);
            Gradients<double> got = Run<double>(attention, weights, 3, 1);

            Agree(CentralDifference.Gradient(attention.Memory[0], 0.1, Loss), got.Queries);
            Agree(CentralDifference.Gradient(attention.Memory[1], 0.1, Loss), got.Keys);
            Agree(CentralDifference.Gradient(attention.Memory[2], 0.1, Loss), got.Values);
            double[] sinks = CentralDifference.Gradient(attention.Sinks, 0.1, Loss);
            for (int i = 0; i < sinks.Length; i++)
                Assert.Equal(sinks[i], got.Sinks[i], 1e-6 * (sinks.Max(Math.Abs) + 1e-3));

            double Loss()
            {
                MatrixView<double> output = new SlowAttention(attention).Output;
                double sum = 0;
                for (int i = 0; i < output.Rows; i++)
                {
                    for (int j = 0; j < output.Columns; j++)
                        sum += output[i, j] * weights[i, j];
                }

                return sum;
            }
        },
        iter: 30);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gradients_over_several_tiles_are_those_of_the_formulas(int width) => Large.Sample(attention => Check(attention, width), iter: 6);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Gradients_of_a_short_sequence_are_those_of_the_formulas(int width) => Short.Sample(attention => Check(attention, width), iter: 40);

    [Theory]
    [InlineData(22)]
    [InlineData(27)]
    public void What_one_call_leaves_behind_reaches_no_other(int length)
    {
        AttentionCase attention = AttentionCase.Draw(6, length, length, 12, 12, 1, 2, 1);
        AttentionCase broken = AttentionCase.Draw(7, 96, 96, 40, 40, 1, 1, 1);
        broken.Q.Span.Fill(double.NaN);
        broken.V.Span.Fill(double.NaN);

        for (int width = 0; width < Widths.Count; width++)
        {
            Gradients<float> before = Run<float>(attention, OutputGradient(attention), width, 1);
            Run<float>(broken, OutputGradient(broken), width, 1);
            Gradients<float> after = Run<float>(attention, OutputGradient(attention), width, 1);

            Agree(before, after);
        }
    }

    [Theory]
    [InlineData(22)]
    [InlineData(300)]
    public void The_number_of_threads_changes_no_bit_of_the_gradients(int length)
    {
        AttentionCase attention = AttentionCase.Draw(5, length, length, 16, 16, 1, 2, 1);
        Gradients<float> one = Run<float>(attention, OutputGradient(attention), 3, 1);
        Gradients<float> four = Run<float>(attention, OutputGradient(attention), 3, 4);

        Agree(one, four);
    }

    private static void Agree(Gradients<float> one, Gradients<float> other)
    {
        Assert.Equal(one.Queries.Span.ToArray(), other.Queries.Span.ToArray());
        Assert.Equal(one.Keys.Span.ToArray(), other.Keys.Span.ToArray());
        Assert.Equal(one.Values.Span.ToArray(), other.Values.Span.ToArray());
        Assert.Equal(one.Sinks, other.Sinks);
    }

    private static MatrixView<double> OutputGradient(AttentionCase attention)
    {
        var random = new Xoshiro256StarStar(attention.Keys, false);
        MatrixView<double> gradient = MatrixView.Allocate<double>(attention.Queries, attention.Heads * attention.ValueDepth);
        foreach (ref double x in gradient.Span)
            x = (float)((2 * random.NextDouble()) - 1);
        return gradient;
    }

    private static Gradients<T> Run<T>(AttentionCase attention, MatrixView<double> outputGradient, int width, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        AttentionInputs<T> inputs = attention.Inputs<T>();
        var plan = new AttentionPlan<T>(inputs, attention.Options);
        (MatrixView<T> output, _, double[] lse) = AttentionForwardTests.Run<T>(attention, width);
        var gradients = new Gradients<T>(
            AttentionCase.As<T>(attention.Q), AttentionCase.As<T>(attention.K), AttentionCase.As<T>(attention.V), new T[attention.Sinks.Length]);
        var to = new AttentionGradients<T> { Queries = gradients.Queries, Keys = gradients.Keys, Values = gradients.Values, Sinks = gradients.Sinks };
        Kernels.Of<T>(width).Backward(new BackwardProblem<T>(plan, output, lse, AttentionCase.As<T>(outputGradient), to), threads);
        return gradients;
    }

    private static void Check(AttentionCase attention, int width)
    {
        MatrixView<double> weights = OutputGradient(attention);
        var slow = new SlowAttention(attention);
        var expected = new SlowGradients(attention, slow, weights);
        Check(expected, Run<double>(attention, weights, width, 1), 1e-12 * (1 + slow.LargestScore));
        Check(expected, Run<float>(attention, weights, width, 1), 1e-4 * (1 + slow.LargestScore));
    }

    private static void Check<T>(SlowGradients expected, Gradients<T> got, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Close(expected.Queries, got.Queries, tolerance);
        Close(expected.Keys, got.Keys, tolerance);
        Close(expected.Values, got.Values, tolerance);
        for (int i = 0; i < got.Sinks.Length; i++)
            Assert.Equal(expected.Sinks[i], double.CreateTruncating(got.Sinks[i]), tolerance * (1 + expected.Sinks.Max(Math.Abs)));
    }

    private static void Close<T>(MatrixView<double> expected, MatrixView<T> got, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = Largest(expected.Span);
        for (int i = 0; i < expected.Rows; i++)
        {
            for (int j = 0; j < expected.Columns; j++)
                Assert.Equal(expected[i, j], double.CreateTruncating(got[i, j]), tolerance * (largest + 0.1));
        }
    }

    private static void Agree(double[] expected, MatrixView<double> got)
    {
        double largest = Largest(expected);
        int stride = expected.Length / Math.Max(1, got.Rows);
        for (int i = 0; i < got.Rows; i++)
        {
            for (int j = 0; j < got.Columns; j++)
                Assert.Equal(expected[(i * stride) + j], got[i, j], 1e-6 * (largest + 1e-3));
        }
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private sealed record Gradients<T>(MatrixView<T> Queries, MatrixView<T> Keys, MatrixView<T> Values, T[] Sinks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
