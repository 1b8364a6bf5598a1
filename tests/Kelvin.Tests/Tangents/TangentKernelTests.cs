using CsCheck;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class TangentKernelTests
{
    [Fact]
    public void Kappa_times_the_kernel_is_the_Jacobian_times_its_transpose_for_every_network() =>
        Gen.Select(NetworkGen.Options, Gen.Int[1, 7], Gen.Int[0, 1000]).Sample((options, n, seed) =>
        {
            TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
            MatrixView<double> points = SlowKernel.Points(n, options.Inputs, seed);
            double[][] jacobian = SlowKernel.Jacobian(network, points);

            TangentKernel<double> kernel = TangentKernel.Compute<double>(network, points);

            double scale = jacobian.Max(row => SlowKernel.Entry(row, row)) * options.Hidden;
            for (int a = 0; a < kernel.Size; a++)
            {
                for (int b = 0; b < kernel.Size; b++)
                    Assert.Equal(SlowKernel.Entry(jacobian[a], jacobian[b]), kernel.Factor * kernel.Matrix[a, b], 1e-13 * scale);
            }
        });

    [Theory]
    [InlineData(HiddenActivation.Softmax, 217, 3, 33, 1)]
    [InlineData(HiddenActivation.Exp, 101, 2, 9, 3)]
    [InlineData(HiddenActivation.Relu, 400, 5, 16, 2)]
    [InlineData(HiddenActivation.Gelu, 1100, 2, 8, 1)]
    public void It_is_symmetric_to_the_bit_and_the_same_on_two_threads(HiddenActivation activation, int n, int d, int m, int outputs)
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(d, m, outputs, activation), 3);
        MatrixView<double> points = SlowKernel.Points(n, d, 4);

        TangentKernel<double> kernel = TangentKernel.Compute<double>(network, points);
        TangentKernel<double> onTwo = TangentKernel.Compute<double>(network, points, new TangentKernelOptions { Threads = 2 });

        Assert.True(kernel.Matrix.Span.SequenceEqual(onTwo.Matrix.Span));
        for (int i = 0; i < kernel.Size; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.Equal(kernel.Matrix[i, j], kernel.Matrix[j, i]);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_kernel_between_two_sets_is_a_block_of_the_kernel_of_both(bool trainsAll)
    {
        NetworkOptions options = NetworkOptions.Theory(4, 20, 2, HiddenActivation.Softmax) with { TrainOutputWeights = trainsAll, UseBias = trainsAll };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 5);
        MatrixView<double> both = SlowKernel.Points(110 + 7, 4, 6);

        TangentKernel<double> whole = TangentKernel.Compute<double>(network, both);
        MatrixView<double> cross = TangentKernel.Cross<double>(network, both.RowRange(0, 110), both.RowRange(110, 7), new TangentKernelOptions { Threads = 2 });

        Assert.Equal((220, 14), (cross.Rows, cross.Columns));
        for (int l = 0; l < 2; l++)
        {
            for (int k = 0; k < 2; k++)
            {
                for (int i = 0; i < 110; i++)
                {
                    for (int j = 0; j < 7; j++)
                        Assert.Equal(whole.Matrix[(l * 117) + i, (k * 117) + 110 + j], cross[(l * 110) + i, (k * 7) + j], 1e-13 * whole.Trace);
                }
            }
        }
    }

    [Fact]
    public void A_common_shift_of_all_units_changes_the_softmax_kernel_by_rounding_only_and_the_others_by_much()
    {
        double[] changes = [.. new[] { HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu }.Select(activation =>
        {
            TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(8, 256, 1, activation), 7);
            MatrixView<double> points = SlowKernel.OnSphere(16, 8, 8);
            TangentKernel<double> before = TangentKernel.Compute<double>(network, points);
            for (int i = 0; i < 8; i++)
            {
                foreach (ref double w in network.HiddenWeights.Row(i))
                    w += i == 0 ? 1 : 0;
            }

            TangentKernel<double> after = TangentKernel.Compute<double>(network, points);
            return KernelDrift.Between(before.Spectrum(), before, after).Frobenius;
        })];

        Assert.InRange(changes[0], 0, 1e-13);
        Assert.InRange(changes[1], 0.1, 10);
        Assert.InRange(changes[2], 0.1, 10);
    }

    [Fact]
    public void Float_agrees_with_double_to_float_rounding()
    {
        var options = NetworkOptions.Theory(6, 64, 2, HiddenActivation.Softmax);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 9);
        var small = new TwoLayerNetwork<float>(options);
        for (int i = 0; i < network.Parameters.Length; i++)
        {
            small.Parameters.Span[i] = (float)network.Parameters.Span[i];
            network.Parameters.Span[i] = small.Parameters.Span[i];
        }

        MatrixView<double> points = SlowKernel.Points(30, 6, 10);
        MatrixView<float> smallPoints = MatrixView.Allocate<float>(30, 6);
        for (int i = 0; i < points.Span.Length; i++)
        {
            smallPoints.Span[i] = (float)points.Span[i];
            points.Span[i] = smallPoints.Span[i];
        }

        TangentKernel<double> wide = TangentKernel.Compute<double>(network, points);
        TangentKernel<float> narrow = TangentKernel.Compute<float>(small, smallPoints);

        for (int i = 0; i < wide.Matrix.Span.Length; i++)
            Assert.Equal(wide.Matrix.Span[i], narrow.Matrix.Span[i], 1e-5 * wide.Trace);
        Assert.Equal(wide.StableStep(), narrow.StableStep(), 1e-4 * wide.StableStep());
    }

    [Fact]
    public void Trace_norm_effective_rank_and_stable_step_are_those_of_the_eigenvalues()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Exp, 9, 4, 40, 2);
        KernelSpectrum spectrum = kernel.Spectrum();
        double[] values = spectrum.Values.ToArray();

        Assert.Equal(values.Sum(), kernel.Trace, 1e-12 * kernel.Trace);
        Assert.Equal(Math.Sqrt(values.Sum(value => value * value)), kernel.FrobeniusNorm, 1e-12 * kernel.Trace);
        Assert.Equal(spectrum.EffectiveRank, kernel.EffectiveRank, 1e-10);
        Assert.Equal(spectrum.StableStep(), kernel.StableStep(), 1e-9 * kernel.StableStep());
        Assert.Equal(2 * 1.9 / (40 * spectrum.Largest), kernel.StableStep(0.9), 1e-9 * kernel.StableStep());
        Assert.Equal(spectrum.Smallest, kernel.Extremes().Smallest.Value, 1e-9 * spectrum.Largest);
    }

    [Fact]
    public void Alignment_is_one_for_the_only_direction_and_small_for_the_last()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Softmax, 12, 5, 64, 1);
        KernelSpectrum spectrum = kernel.Spectrum();
        TangentKernel<double> single = SlowKernel.Theory(HiddenActivation.Softmax, 1, 5, 64, 1);

        Assert.Equal(1, single.Alignment([3]), 1e-14);
        Assert.Equal(spectrum.Largest / kernel.FrobeniusNorm, kernel.Alignment(spectrum.Vectors.Row(11)), 1e-12);
        Assert.Equal(spectrum.Smallest / kernel.FrobeniusNorm, kernel.Alignment(spectrum.Vectors.Row(0)), 1e-12);
    }

    [Fact]
    public void Parametrisations_differ_by_the_factor_that_they_say()
    {
        NetworkOptions theory = NetworkOptions.Theory(3, 32, 1, HiddenActivation.Softmax);
        MatrixView<double> points = SlowKernel.Points(5, 3, 11);

        TangentKernel<double> first = TangentKernel.Compute<double>(TwoLayerNetwork.Create<double>(theory, 12), points);
        TangentKernel<double> second = TangentKernel.Compute<double>(
            TwoLayerNetwork.Create<double>(theory with { Parametrisation = Parametrisation.Ntk }, 12), points);

        Assert.Equal((32.0, 1.0), (first.Factor, second.Factor));
        for (int i = 0; i < 25; i++)
            Assert.Equal(first.Matrix.Span[i], second.Matrix.Span[i], 1e-13 * first.Trace);
    }
}
