using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Networks;
using Kelvin.Transformers.Norms;

namespace Kelvin.Tests.Transformers.Norms;

public sealed class RmsNormTests
{
    private static readonly Gen<(int Rows, int Groups, double[] Gain, double[] X)> Cases = Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 9])
        .SelectMany((rows, groups, n) => Gen.Select(Gen.Double[-2, 2].Array[n], Gen.Double[-2, 2].Array[rows * groups * n])
            .Select((gain, x) => (rows, groups, gain, x)));

    [Fact]
    public void Each_group_is_divided_by_its_root_mean_square() => Cases.Sample((rows, groups, gain, x) =>
    {
        var y = MatrixView.Allocate<double>(rows, groups * gain.Length);
        RmsNorm.Forward<double>(new MatrixView<double>(x, rows, groups * gain.Length), gain, 1e-5, y);
        for (int i = 0; i < x.Length; i++)
        {
            double square = x.Skip(i / gain.Length * gain.Length).Take(gain.Length).Average(v => v * v);
            Assert.Equal(gain[i % gain.Length] * x[i] / Math.Sqrt(square + 1e-5), y.Span[i], 1e-13);
        }
    });

    [Fact]
    public void Gradients_are_the_central_differences() => Cases.Sample(
        (rows, groups, gain, x) =>
        {
            const double Epsilon = 0.3;
            var inputs = new MatrixView<double>(x, rows, groups * gain.Length);
            MatrixView<double> weights = MatrixView.Allocate<double>(rows, groups * gain.Length);
            for (int i = 0; i < x.Length; i++)
                weights.Span[i] = Math.Cos(i + 1);
            MatrixView<double> dX = MatrixView.Allocate<double>(rows, groups * gain.Length);
            double[] dGain = new double[gain.Length];
            RmsNorm.Backward<double>(inputs, gain, Epsilon, weights, dX, dGain);

            Agree(CentralDifference.Gradient(x, 0.1, Loss), dX.Span);
            Agree(CentralDifference.Gradient(gain, 0.1, Loss), dGain);

            double Loss()
            {
                MatrixView<double> y = MatrixView.Allocate<double>(rows, groups * gain.Length);
                RmsNorm.Forward<double>(inputs, gain, Epsilon, y);
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                    sum += y.Span[i] * weights.Span[i];
                return sum;
            }
        },
        iter: 50);

    [Fact]
    public void It_works_in_place_and_refuses_what_does_not_fit()
    {
        float[] x = [3, 4];
        RmsNorm.Forward<float>(new MatrixView<float>(x, 1, 2), [1, 2], 0, new MatrixView<float>(x, 1, 2));

        Assert.Equal([3 / Math.Sqrt(12.5), 8 / Math.Sqrt(12.5)], x.Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Throws<ArgumentException>(() => RmsNorm.Forward<float>(new MatrixView<float>(x, 1, 2), [1, 2, 3], 0, new MatrixView<float>(x, 1, 2)));
    }

    private static void Agree(double[] expected, ReadOnlySpan<double> got)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], got[i], 1e-6 * (largest + 1e-3));
    }
}
