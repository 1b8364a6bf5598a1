using CsCheck;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class BackwardTests
{
    private static readonly Gen<double[]> Row = Gen.Double[-3, 3].Array[1, 80];

    public static TheoryData<int> Width => Widths.All;

    [Fact]
    public void Backward_agrees_with_central_differences() =>
        Gen.Select(Row, Gen.Double[0.5, 4], Gen.Int[0, 1000]).Sample((z, t, seed) =>
        {
            double[] g = Rows.Widened(Rows.Normal(z.Length, seed, 1));
            double[] p = new double[z.Length];
            double[] dZ = new double[z.Length];
            TemperedSoftmax.Probabilities(z, t, p);
            TemperedSoftmax.Backward(p, g, t, dZ);

            AgreesWithDifferences(z, dZ, x => Weighted(x, t, g, TemperedSoftmax.Probabilities));
        });

    [Fact]
    public void Backward_of_the_logarithm_agrees_with_central_differences() =>
        Gen.Select(Row, Gen.Double[0.5, 4], Gen.Int[0, 1000]).Sample((z, t, seed) =>
        {
            double[] g = Rows.Widened(Rows.Normal(z.Length, seed, 1));
            double[] logP = new double[z.Length];
            double[] dZ = new double[z.Length];
            TemperedSoftmax.LogProbabilities(z, t, logP);
            TemperedSoftmax.LogBackward(logP, g, t, dZ);

            AgreesWithDifferences(z, dZ, x => Weighted(x, t, g, TemperedSoftmax.LogProbabilities));
        });

    [Fact]
    public void The_gradient_of_the_cross_entropy_agrees_with_central_differences() =>
        Gen.Select(Row, Gen.Double[0.5, 4], Gen.Int[0, 1000], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 1])).Sample((z, t, label, smoothing) =>
        {
            double[] dZ = new double[z.Length];
            double[] unused = new double[z.Length];
            TemperedSoftmax.CrossEntropy(z, label % z.Length, t, dZ, smoothing);

            AgreesWithDifferences(z, dZ, x => TemperedSoftmax.CrossEntropy(x, label % x.Length, t, unused, smoothing));
        });

    [Theory]
    [MemberData(nameof(Width))]
    public void Every_width_gives_the_gradients_of_the_definitions(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature, Gen.Int[0, 1000]).Sample(
            (row, t, seed) =>
            {
                double[] p = Reference.Probabilities(Rows.Widened(row), t);
                double[] g = Rows.Widened(Rows.Normal(row.Length, seed, 1));
                double dot = Reference.Sum(p.Zip(g, (x, y) => x * y));
                float[] actual = new float[row.Length];
                double[] exact = new double[row.Length];
                float[] logP = new float[row.Length];
                float[] log = new float[row.Length];
                Widths.Kernels<float>(width).Backward(Array.ConvertAll(p, x => (float)x), Array.ConvertAll(g, x => (float)x), t, actual);
                Widths.Kernels<double>(width).Backward(p, g, t, exact);
                Widths.Kernels<float>(width).LogProbabilities(row, t, logP);
                Widths.Kernels<float>(width).LogBackward(logP, Array.ConvertAll(g, x => (float)x), t, log);
                for (int i = 0; i < row.Length; i++)
                {
                    Assert.Equal(p[i] * (g[i] - dot) / t, actual[i], 3e-6 * Math.Max(1, 1 / t));
                    Assert.Equal(p[i] * (g[i] - dot) / t, exact[i], 1e-14 * Math.Max(1, 1 / t));
                    Assert.Equal(float.IsNegativeInfinity(row[i]) ? 0 : (g[i] - (p[i] * g.Sum())) / t, log[i], 1e-4 * Math.Max(1, 1 / t));
                }
            },
            iter: 100);

    [Theory]
    [MemberData(nameof(Width))]
    public void Nearly_one_hot_rows_keep_the_digits_of_their_tiny_gradients(int width)
    {
        foreach (int length in new[] { 2, 5, 16, 32, 64, 100, 1000, 5000 })
        {
            foreach (int peak in new[] { 0, length / 2, length - 1 })
            {
                foreach (float fall in new[] { 1f, 8, 20, 60 })
                {
                    float[] z = [.. Rows.Normal(length, length + peak, 0.5).Select(x => x - fall)];
                    float[] g = [.. Rows.Normal(length, peak, 1).Select(x => x + 3)];
                    z[peak] = 7;
                    float[] p = new float[length];
                    double[] exactP = new double[length];
                    Widths.Kernels<float>(width).Probabilities(z, 1.5, p);
                    Widths.Kernels<double>(width).Probabilities(Rows.Widened(z), 1.5, exactP);
                    float[] dZ = new float[length];
                    double[] exactDZ = new double[length];

                    Widths.Kernels<float>(width).Backward(p, g, 1.5, dZ);
                    Widths.Kernels<double>(width).Backward(exactP, Rows.Widened(g), 1.5, exactDZ);

                    SameWithin(1e-5, Rows.Widened(p), Rows.Widened(g), 1.5, Rows.Widened(dZ));
                    SameWithin(3e-14, exactP, Rows.Widened(g), 1.5, exactDZ);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Smoothed_cross_entropy_is_that_of_the_definition_masks_included(int width) =>
        Gen.Select(Rows.Any, Rows.Temperature, Gen.Int[0, 1000], Gen.OneOf(Gen.Const(0.0), Gen.Const(0.1), Gen.Const(1.0))).Sample(
            (row, t, label, smoothing) =>
            {
                label %= row.Length;
                double[] z = Rows.Widened(row);
                double[] p = Reference.Probabilities(z, t);
                double[] log = new double[z.Length];
                TemperedSoftmax.LogProbabilities(z, t, log);
                int k = row.Count(x => !float.IsNegativeInfinity(x));
                double[] q = [.. z.Select((x, i) => double.IsNegativeInfinity(x) ? 0 : (smoothing / k) + (i == label ? 1 - smoothing : 0))];
                double loss = double.IsNegativeInfinity(z[label]) && smoothing < 1
                    ? double.PositiveInfinity
                    : -Reference.Sum(q.Zip(log, (a, b) => a == 0 ? 0 : a * b));

                double actual = Widths.Kernels<double>(width).CrossEntropy(z, label, t, smoothing, 1, z);

                Assert.True(Close.To(loss, actual, 1e-13, 1e-14), FormattableString.Invariant($"{loss:R} {actual:R}"));
                for (int i = 0; i < z.Length; i++)
                    Assert.Equal((p[i] - q[i]) / t, z[i], 2e-15 / t);
            },
            iter: 200);

    [Fact]
    public void A_confident_right_answer_keeps_the_digits_of_its_tiny_loss()
    {
        float[] gradient = new float[3];

        double loss = TemperedSoftmax.CrossEntropy([50f, 0, -50], label: 0, temperature: 1, gradient);

        Assert.Equal(Math.Exp(-50), loss, Math.Exp(-50) * 1e-6);
        Assert.Equal(-Math.Exp(-50), gradient[0], Math.Exp(-50) * 1e-6);
    }

    [Fact]
    public void NaN_flows_through()
    {
        double[] gradient = new double[3];

        Assert.Equal(double.NaN, TemperedSoftmax.CrossEntropy([1, double.NaN, 3], 0, 1, gradient));
        Assert.All(gradient, x => Assert.Equal(double.NaN, x));
        Assert.Equal(double.NaN, TemperedSoftmax.CrossEntropy([double.NegativeInfinity, double.NegativeInfinity], 0, 1, gradient.AsSpan(0, 2)));
    }

    /// <summary>dzᵢ = pᵢ Σⱼ pⱼ (gᵢ − gⱼ)/T, in which the tail is added up and nothing cancels at the peak.</summary>
    private static void SameWithin(double relative, double[] p, double[] g, double temperature, double[] actual)
    {
        double[] expected = [.. p.Select((share, i) => share / temperature * Reference.Sum(p.Select((other, j) => other * (g[i] - g[j]))))];
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < p.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * largest, FormattableString.Invariant($"dz[{i}] of {p.Length}: {expected[i]:R} {actual[i]:R} of {largest:R}"));
    }

    private delegate void Map(ReadOnlySpan<double> z, double temperature, Span<double> output);

    private static double Weighted(double[] z, double temperature, double[] weights, Map map)
    {
        double[] output = new double[z.Length];
        map(z, temperature, output);
        return output.Zip(weights, (a, b) => a * b).Sum();
    }

    private static void AgreesWithDifferences(double[] z, double[] gradient, Func<double[], double> function)
    {
        double scale = gradient.Max(Math.Abs) + 1e-3;
        for (int i = 0; i < z.Length; i++)
        {
            const double h = 1e-5;
            double[] up = [.. z];
            double[] down = [.. z];
            up[i] += h;
            down[i] -= h;
            Assert.Equal((function(up) - function(down)) / (2 * h), gradient[i], 1e-7 * scale * Math.Sqrt(z.Length));
        }
    }
}
