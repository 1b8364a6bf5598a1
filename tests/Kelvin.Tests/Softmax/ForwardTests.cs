using CsCheck;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class ForwardTests
{
    public static TheoryData<int> Width => Widths.All;

    [Theory]
    [MemberData(nameof(Width))]
    public void Double_probabilities_and_statistics_follow_the_definitions(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample((row, t) => CheckDouble(Widths.Kernels<double>(width), Rows.Widened(row), t), iter: 200);

    [Theory]
    [MemberData(nameof(Width))]
    public void Float_probabilities_and_statistics_follow_the_definitions(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample((row, t) => CheckSingle(Widths.Kernels<float>(width), row, t), iter: 200);

    [Theory]
    [MemberData(nameof(Width))]
    public void Rows_of_several_blocks_follow_the_definitions(int width) =>
        Gen.Select(Rows.Long, Rows.Temperature).Sample(
            (row, t) =>
            {
                CheckDouble(Widths.Kernels<double>(width), Rows.Widened(row), t);
                CheckSingle(Widths.Kernels<float>(width), row, t);
            },
            iter: 6);

    [Theory]
    [MemberData(nameof(Width))]
    public void A_variance_much_smaller_than_the_distance_of_the_mean_from_the_maximum_keeps_its_digits(int width)
    {
        foreach (int length in new[] { 100, 1000, 5000, 20_000 })
        {
            foreach (int peak in new[] { 0, length / 2, length - 1 })
            {
                float[] row = new float[length];
                Array.Fill(row, -1);
                row[peak] = 0;
                row[(peak + 7) % length] = -1.25f;

                CheckDouble(Widths.Kernels<double>(width), Rows.Widened(row), 1);
                CheckSingle(Widths.Kernels<float>(width), row, 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void A_vocabulary_of_equal_logits_has_the_entropy_log_V(int width)
    {
        float[] row = new float[128_256];
        Array.Fill(row, 3.7f);

        Widths.Kernels<float>(width).Statistics(row, 0.7, out SoftmaxStatistics actual);

        Assert.Equal(Math.Log(128_256), actual.Entropy, tolerance: 1e-14);
        Assert.Equal(128_256, actual.TiesAtMax);
        Assert.Equal(0, actual.Variance);
        Assert.Equal(0, actual.ArgMax);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Statistics_alone_are_those_of_forward(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample(
            (row, t) =>
            {
                Widths.Kernels<float>(width).Forward(row, t, new float[row.Length], out SoftmaxStatistics forward);
                Widths.Kernels<float>(width).Statistics(row, t, out SoftmaxStatistics alone);
                return forward == alone;
            },
            iter: 200);

    [Theory]
    [MemberData(nameof(Width))]
    public void Probabilities_may_take_the_place_of_the_logits(int width) =>
        Gen.OneOf(Rows.Any, Rows.Long).Sample(
            row =>
            {
                float[] apart = new float[row.Length];
                Widths.Kernels<float>(width).Forward(row, 0.8, apart, out SoftmaxStatistics expected);
                Widths.Kernels<float>(width).Forward(row, 0.8, row, out SoftmaxStatistics actual);
                return apart.AsSpan().SequenceEqual(row) && expected == actual;
            },
            iter: 60);

    [Theory]
    [MemberData(nameof(Width))]
    public void Log_probabilities_are_the_logarithms_of_the_probabilities(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample(
            (row, t) =>
            {
                double[] z = Rows.Widened(row);
                double[] log = new double[z.Length];
                double[] p = new double[z.Length];
                Widths.Kernels<double>(width).LogProbabilities(z, t, log);
                Widths.Kernels<double>(width).Probabilities(z, t, p);
                for (int i = 0; i < z.Length; i++)
                    Assert.True(Close.To(p[i], Math.Exp(log[i]), 1e-13 * (1 + Math.Abs(Math.Max(log[i], -1e4))), 1e-300), $"{p[i]} {log[i]}");
            },
            iter: 100);

    /// <summary>Half ulps from adding one number after another on the scalar path: a quarter of a block, each.</summary>
    private static int SumError(int length) => 20 + (Math.Min(length, 1024) / 4);

    internal static void CheckDouble(RowKernels<double> kernels, double[] z, double temperature)
    {
        double[] p = new double[z.Length];
        double[] plain = new double[z.Length];

        kernels.Forward(z, temperature, p, out SoftmaxStatistics actual);
        kernels.Probabilities(z, temperature, plain);

        double[] expected = Reference.Probabilities(z, temperature);
        for (int i = 0; i < z.Length; i++)
        {
            double range = Math.Min(745, (z.Max() - z[i]) / temperature);
            Assert.True(Close.To(expected[i], p[i], ((4 * range) + SumError(z.Length)) * Math.Pow(2, -53), 1e-290), $"p[{i}]: {expected[i]:R} {p[i]:R}");
            Assert.True(Close.To(p[i], plain[i], SumError(z.Length) * Math.Pow(2, -53), 1e-290), $"plain p[{i}]: {p[i]:R} {plain[i]:R}");
        }

        Close.Statistics(Reference.Statistics(z, temperature), actual, 10 * Close.Double, temperature);
    }

    internal static void CheckSingle(RowKernels<float> kernels, float[] z, float temperature)
    {
        float[] p = new float[z.Length];
        float[] plain = new float[z.Length];

        kernels.Forward(z, temperature, p, out SoftmaxStatistics actual);
        kernels.Probabilities(z, temperature, plain);

        double[] exact = Rows.Widened(z);
        double[] expected = Reference.Probabilities(exact, temperature);
        for (int i = 0; i < z.Length; i++)
        {
            Assert.True(Close.To(expected[i], p[i], Close.Single, 1e-37), $"p[{i}]: {expected[i]:R} {p[i]:R}");
            Assert.True(Close.To(expected[i], plain[i], Close.Single, 1e-37), $"plain p[{i}]: {expected[i]:R} {plain[i]:R}");
        }

        Close.Statistics(Reference.Statistics(exact, temperature), actual, Close.Single, temperature);
    }
}
