using CsCheck;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class NetworkJacobianTests
{
    [Fact]
    public void Both_products_are_those_of_the_Jacobian_whatever_the_block() =>
        Gen.Select(NetworkGen.Options, Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int[0, 1000]).Sample((options, n, block, seed) =>
        {
            TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
            MatrixView<double> points = SlowKernel.Points(n, options.Inputs, seed);
            double[][] rows = SlowKernel.Jacobian(network, points);
            var jacobian = new NetworkJacobian<double>(network, points, blockRows: block);
            double[] direction = SlowKernel.Points(1, jacobian.Parameters, seed + 1).Row(0).ToArray();
            double[] weights = SlowKernel.Points(1, jacobian.Size, seed + 2).Row(0).ToArray();
            double[] change = new double[jacobian.Size];
            double[] gradient = new double[jacobian.Parameters];

            jacobian.Times(direction, change);
            jacobian.TransposedTimes(weights, gradient);

            double scale = rows.Max(row => row.Sum(Math.Abs)) + 1;
            for (int a = 0; a < rows.Length; a++)
                Assert.Equal(SlowKernel.Entry(rows[a], direction), change[a], 1e-12 * scale);
            for (int p = 0; p < gradient.Length; p++)
                Assert.Equal(Enumerable.Range(0, rows.Length).Sum(a => rows[a][p] * weights[a]), gradient[p], 1e-12 * scale * rows.Length);
        });

    [Fact]
    public void The_operator_multiplies_by_the_kernel_and_finds_its_ends()
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(5, 30, 2, HiddenActivation.Softmax), 1);
        MatrixView<double> points = SlowKernel.Points(20, 5, 2);
        TangentKernel<double> kernel = TangentKernel.Compute<double>(network, points);
        var free = new TangentOperator(network, points);
        double[] x = SlowKernel.Points(1, 40, 3).Row(0).ToArray();
        double[] expected = new double[40];
        double[] got = new double[40];

        Gemv.Multiply(1, kernel.Matrix, Transpose.No, x, 0, expected);
        free.Apply(x, got);

        for (int i = 0; i < 40; i++)
            Assert.Equal(expected[i], got[i], 1e-12 * kernel.Trace);
        Assert.Equal(kernel.StableStep(), free.StableStep(), 1e-6 * kernel.StableStep());
        Assert.Equal(kernel.Factor, free.Factor);
    }

    [Fact]
    public void Later_changes_to_the_network_do_not_reach_it()
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(2, 6, 1, HiddenActivation.Relu), 1);
        MatrixView<double> points = SlowKernel.Points(4, 2, 2);
        var jacobian = new NetworkJacobian<double>(network, points, blockRows: 2);
        double[] before = jacobian.Outputs();

        network.Parameters.Span.Clear();

        Assert.Equal(before, jacobian.Outputs());
        Assert.Contains(before, value => value != 0);
    }
}
