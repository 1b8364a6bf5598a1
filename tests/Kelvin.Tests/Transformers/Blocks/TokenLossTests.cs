using CsCheck;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class TokenLossTests
{
    private static readonly Gen<(int Rows, int Columns, double ZCoefficient, int Seed)> Case =
        Gen.Select(Gen.Int[1, 19], Gen.Int[1, 70], Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.1]), Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Loss_gradient_and_vitals_are_their_formulas() => Case.Sample((rows, columns, c, seed) =>
    {
        var numbers = new BlockCase(seed);
        MatrixView<double> z = numbers.Matrix(rows, columns, 4), gradient = MatrixView.Allocate<double>(rows, columns);
        int[] labels = numbers.Tokens(rows, columns);
        var statistics = new SoftmaxStatistics[rows];
        double[] losses = new double[rows];
        z.AsReadOnly().CopyTo(gradient);

        TokenLoss.ForwardBackward(gradient, labels, 0.25, c, statistics, losses);

        for (int i = 0; i < rows; i++)
        {
            double[] row = z.Row(i).ToArray();
            double logZ = Math.Log(row.Sum(v => Math.Exp(v - row.Max()))) + row.Max();
            Assert.Equal(logZ - row[labels[i]], losses[i], 1e-12 * Math.Max(1, logZ));
            for (int j = 0; j < columns; j++)
            {
                double p = Math.Exp(row[j] - logZ);
                Assert.Equal(0.25 * ((p * (1 + (2 * c * logZ))) - (j == labels[i] ? 1 : 0)), gradient[i, j], 1e-13 * (1 + Math.Abs(logZ)));
            }

            SoftmaxStatistics expected = TemperedSoftmax.Statistics(row, 1.0);
            Assert.Equal(expected.Entropy, statistics[i].Entropy, 1e-12);
            Assert.Equal(expected.MaxLogit, statistics[i].MaxLogit);
            Assert.Equal(expected.LogSumExp, statistics[i].LogSumExp, 1e-12);
            Assert.Equal(expected.SumSquares, statistics[i].SumSquares, 1e-12);
        }
    });

    [Fact]
    public void The_gradient_agrees_with_central_differences() => Case.Where(c => c.Rows * c.Columns < 150).Sample(
        (rows, columns, c, seed) =>
        {
            var numbers = new BlockCase(seed);
            MatrixView<double> z = numbers.Matrix(rows, columns, 2), work = MatrixView.Allocate<double>(rows, columns);
            int[] labels = numbers.Tokens(rows, columns);
            var statistics = new SoftmaxStatistics[rows];
            double[] losses = new double[rows];
            double Loss()
            {
                z.AsReadOnly().CopyTo(work);
                TokenLoss.ForwardBackward(work, labels, 1, c, statistics, losses);
                return losses.Sum() + statistics.Sum(row => c * row.LogSumExp * row.LogSumExp);
            }

            Loss();
            double[] gradient = work.Span.ToArray();

            Assert.InRange(BlockCase.Error(gradient, numbers.MemoryOf(z), Loss), 0, 1e-7);
        },
        iter: 60);

    [Fact]
    public void A_confident_right_answer_keeps_its_small_loss_and_gradient()
    {
        MatrixView<float> z = MatrixView.Allocate<float>(1, 40);
        z[0, 7] = 50;
        double[] losses = new double[1];

        TokenLoss.ForwardBackward(z, Tokens(7), 1, 0, new SoftmaxStatistics[1], losses);

        Assert.Equal(39 * Math.Exp(-50), losses[0], 39 * Math.Exp(-50) * 1e-6);
        Assert.Equal(-39 * Math.Exp(-50), z[0, 7], 39 * Math.Exp(-50) * 1e-5);
    }

    [Fact]
    public void A_row_with_nan_spoils_no_other_and_a_masked_label_costs_infinity()
    {
        MatrixView<float> z = MatrixView.Allocate<float>(3, 20);
        z[0, 3] = float.NaN;
        z[1, 4] = float.NegativeInfinity;
        double[] losses = new double[3];

        TokenLoss.ForwardBackward(z, Tokens(1, 4, 2), 1, 1e-4, new SoftmaxStatistics[3], losses);

        Assert.True(double.IsNaN(losses[0]));
        Assert.Equal(double.PositiveInfinity, losses[1]);
        Assert.Equal(Math.Log(20), losses[2], 1e-6);
        Assert.All(z.Row(0).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All(z.Row(2).ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        MatrixView<float> one = MatrixView.Allocate<float>(100, 333), two = MatrixView.Allocate<float>(100, 333);
        for (int i = 0; i < one.Span.Length; i++)
            one.Span[i] = two.Span[i] = 5 * MathF.Sin(i * i);
        int[] labels = [.. Enumerable.Range(0, 100)];
        double[] losses = new double[100], more = new double[100];

        TokenLoss.ForwardBackward(one, labels, 0.01, 1e-3, new SoftmaxStatistics[100], losses, threads: 1);
        TokenLoss.ForwardBackward(two, labels, 0.01, 1e-3, new SoftmaxStatistics[100], more, threads: 2);

        Assert.Equal(losses, more);
        Assert.Equal(one.Span.ToArray(), two.Span.ToArray());
    }

    private static ReadOnlyMemory<int> Tokens(params int[] tokens) => tokens;
}
