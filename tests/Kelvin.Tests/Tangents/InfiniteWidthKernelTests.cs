using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class InfiniteWidthKernelTests
{
    private static readonly int[] Widths = [256, 16384];

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void A_wide_network_has_it_nearly_and_a_wider_one_more_nearly(HiddenActivation activation)
    {
        MatrixView<double> points = SlowKernel.OnSphere(12, 5, 1);
        NetworkOptions options = NetworkOptions.Theory(5, 256, 1, activation) with { InitialScale = 0.5 };

        double[] distances = [.. Widths.Select(m => Enumerable.Range(0, 4).Average(seed => Distance(options with { Hidden = m }, points, seed)))];

        Assert.InRange(distances[0], 0.005, 0.3);
        Assert.InRange(distances[1], 0.0005, 0.4 * distances[0]);
    }

    [Fact]
    public void On_a_sphere_the_exp_kernel_is_the_softmax_kernel_times_a_constant()
    {
        MatrixView<double> points = SlowKernel.OnSphere(6, 3, 2);

        MatrixView<double> softmax = InfiniteWidthKernel.Compute<double>(HiddenActivation.Softmax, points, points, 0.8, 2);
        MatrixView<double> exp = InfiniteWidthKernel.Compute<double>(HiddenActivation.Exp, points, points, 0.8, 2);

        double constant = Math.Exp(0.8 * 0.8 / 4);
        for (int i = 0; i < 36; i++)
            Assert.Equal(constant * softmax.Span[i], exp.Span[i], 1e-14);
    }

    [Fact]
    public void Nearly_parallel_points_keep_their_digits()
    {
        double angle = 1e-9;
        MatrixView<double> points = MatrixView.From(new[,] { { 1, 0 }, { Math.Cos(angle), Math.Sin(angle) }, { -1, 0 }, { 0, 0 } });

        MatrixView<double> kernel = InfiniteWidthKernel.Compute<double>(HiddenActivation.Relu, points, points, 1, 1);

        Assert.Equal(angle / (2 * Math.PI), 0.5 - (kernel[0, 1] / Math.Cos(angle)), 1e-16);
        Assert.Equal(0, kernel[0, 2], 1e-16);
        Assert.Equal(0.5, kernel[0, 0]);
        Assert.Equal(0, kernel[3, 0]);
        Assert.Equal(0, kernel[3, 3]);
        Assert.Equal(kernel[0, 1], kernel[1, 0]);
    }

    [Fact]
    public void Out_of_reach_is_said_for_softmax_and_exp_and_not_for_relu()
    {
        MatrixView<double> points = MatrixView.From(new[,] { { 0.6, 0.8 } });

        Assert.Null(InfiniteWidthKernel.Warning<double>(HiddenActivation.Softmax, points, 1, 1));
        Assert.Contains("1.5, above 1", InfiniteWidthKernel.Warning<double>(HiddenActivation.Exp, points, 3, 2), StringComparison.Ordinal);
        Assert.Null(InfiniteWidthKernel.Warning<double>(HiddenActivation.Relu, points, 3, 2));
    }

    [Fact]
    public void Networks_without_a_known_limit_are_refused()
    {
        MatrixView<double> points = SlowKernel.Points(2, 2, 1);

        Assert.Throws<ArgumentException>(() => InfiniteWidthKernel.Compute<double>(HiddenActivation.Gelu, points, points, 1, 1));
        Assert.Throws<ArgumentException>(() => InfiniteWidthKernel.For<double>(NetworkOptions.Theory(2, 4, 1, HiddenActivation.Relu) with { UseBias = true }, points));
        points[0, 0] = double.NaN;
        Assert.Throws<ArgumentException>(() => InfiniteWidthKernel.For<double>(NetworkOptions.Theory(2, 4, 1, HiddenActivation.Relu), points));
    }

    private static double Distance(NetworkOptions options, MatrixView<double> points, int seed)
    {
        TangentKernel<double> kernel = TangentKernel.Compute<double>(TwoLayerNetwork.Create<double>(options, seed), points);
        MatrixView<double> limit = InfiniteWidthKernel.For<double>(options, points);
        double squares = 0;
        double norm = 0;
        for (int i = 0; i < limit.Span.Length; i++)
        {
            squares += Math.Pow(kernel.Matrix.Span[i] - limit.Span[i], 2);
            norm += Math.Pow(limit.Span[i], 2);
        }

        return Math.Sqrt(squares / norm);
    }
}
