using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class KernelEdgeTests
{
    [Fact]
    public void A_point_that_appears_twice_makes_the_smallest_eigenvalue_zero_and_is_named()
    {
        MatrixView<double> points = SlowKernel.Points(10, 4, 1);
        points.Row(3).CopyTo(points.Row(8));
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(4, 100, 1, HiddenActivation.Softmax), 2);

        TangentKernel<double> kernel = TangentKernel.Compute<double>(network, points);
        KernelSpectrum spectrum = kernel.Spectrum();

        Assert.True(kernel.Rank.IsSingular);
        Assert.Contains("examples 3 and 8 are the same point", kernel.Rank.Reason, StringComparison.Ordinal);
        Assert.Equal(9, kernel.Rank.Bound);
        Assert.Equal(0, spectrum.Smallest);
        Assert.Equal(double.PositiveInfinity, spectrum.Condition);
        Assert.True(spectrum.Values.Span[1] > spectrum.RoundingLevel);
        Assert.False(spectrum.IsIndefinite);
    }

    [Fact]
    public void The_point_zero_counts_only_where_biases_or_output_weights_are_trained()
    {
        MatrixView<double> points = SlowKernel.Points(3, 2, 3);
        points.Row(1).Clear();
        NetworkOptions theory = NetworkOptions.Theory(2, 50, 1, HiddenActivation.Exp);

        TangentKernel<double> plain = TangentKernel.Compute<double>(TwoLayerNetwork.Create<double>(theory, 4), points);
        TangentKernel<double> biased = TangentKernel.Compute<double>(TwoLayerNetwork.Create<double>(theory with { UseBias = true }, 4), points);

        Assert.Contains("example 1 is the point 0", plain.Rank.Reason, StringComparison.Ordinal);
        Assert.Equal(0, plain.Spectrum().Smallest);
        Assert.Null(biased.Rank.Reason);
        Assert.True(biased.Spectrum().Smallest > 0);
    }

    [Fact]
    public void A_softmax_of_one_unit_cannot_be_moved_at_all()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Softmax, 3, 2, 1, 1);

        Assert.Equal(0, kernel.Rank.Bound);
        Assert.Equal(0, kernel.Spectrum().Largest);
        Assert.Equal(double.PositiveInfinity, kernel.Spectrum().StableStep());
        Assert.Equal(double.PositiveInfinity, kernel.StableStep());
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax, 4, 6)]
    [InlineData(HiddenActivation.Relu, 4, 8)]
    public void More_outputs_than_directions_leave_as_many_eigenvalues_at_zero(HiddenActivation activation, int m, int rank)
    {
        TangentKernel<double> kernel = SlowKernel.Theory(activation, 12, 2, m, 1);
        KernelSpectrum spectrum = kernel.Spectrum();

        Assert.Equal(rank, kernel.Rank.Bound);
        Assert.True(spectrum.Values.Span[..(12 - rank)].IndexOfAnyExcept(0.0) < 0);
    }

    [Fact]
    public void A_kernel_beyond_memory_says_how_much_it_needs_and_names_the_other_way()
    {
        NetworkOptions options = NetworkOptions.Theory(2, 64, 1, HiddenActivation.Softmax);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        MatrixView<double> points = SlowKernel.Points(2000, 2, 1);

        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => TangentKernel.Compute<double>(network, points, new TangentKernelOptions { MemoryLimit = 10_000_000 }));
        ArgumentException tooLong = Assert.Throws<ArgumentException>(
            () => TangentKernel.Compute<double>(network, SlowKernel.Points(50_000, 2, 1), new TangentKernelOptions { MemoryLimit = long.MaxValue }));

        Assert.Contains("0.0", refused.Message, StringComparison.Ordinal);
        Assert.Contains("but 0.01 GB are allowed", refused.Message, StringComparison.Ordinal);
        Assert.Contains("TangentOperator", refused.Message, StringComparison.Ordinal);
        Assert.Contains("20.", tooLong.Message, StringComparison.Ordinal);
        Assert.Contains("more than one array can hold", tooLong.Message, StringComparison.Ordinal);
        Assert.InRange(TangentKernel.MemoryNeeded<double>(options, 2000), 33_000_000, 45_000_000);
    }

    [Fact]
    public void Computing_takes_no_more_memory_than_it_says()
    {
        NetworkOptions options = NetworkOptions.Theory(16, 512, 1, HiddenActivation.Softmax);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        MatrixView<double> points = SlowKernel.Points(700, 16, 1);

        long taken = Allocations.Fewest(() => TangentKernel.Compute<double>(network, points), rounds: 3);

        Assert.InRange(taken, 700 * 700 * 8, TangentKernel.MemoryNeeded<double>(options, 700) + 200_000);
    }

    [Fact]
    public void What_is_not_finite_is_refused_by_name()
    {
        MatrixView<double> points = SlowKernel.Points(3, 2, 1);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(2, 8, 1, HiddenActivation.Relu), 1);
        points[1, 0] = double.NaN;

        Assert.Contains("inputs[1, 0] is NaN", Assert.Throws<ArgumentException>(() => TangentKernel.Compute<double>(network, points)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TangentOperator(network, points));
        points[1, 0] = 1;
        network.HiddenWeights[0, 0] = double.PositiveInfinity;
        Assert.Contains("1 of the network's parameters", Assert.Throws<ArgumentException>(() => TangentKernel.Compute<double>(network, points)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TangentKernel.Compute<double>(network, points.RowRange(0, 0)));
    }

    [Fact]
    public void Where_an_activation_overflows_the_kernel_says_so_and_has_no_spectrum()
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(1, 4, 1, HiddenActivation.Exp), 1);
        network.HiddenWeights.Span.Fill(800);
        MatrixView<double> points = MatrixView.From(new double[,] { { 1 }, { 0.5 } });

        TangentKernel<double> kernel = TangentKernel.Compute<double>(network, points);

        Assert.False(kernel.IsFinite);
        Assert.Contains("an activation overflowed", Assert.Throws<ArgumentException>(kernel.Spectrum).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rounding_below_zero_is_set_to_zero_and_what_is_further_below_is_kept()
    {
        KernelSpectrum rounded = KernelSpectrum.Of(MatrixView.From(new[,] { { 1, 0 }, { 0, -1e-15 } }), factor: 1);
        KernelSpectrum indefinite = KernelSpectrum.Of(MatrixView.From(new[,] { { 1, 0 }, { 0, -1e-3 } }), factor: 1);

        Assert.Equal((0.0, 1, false), (rounded.Smallest, rounded.Clamped, rounded.IsIndefinite));
        Assert.Equal((-1e-3, 0, true), (indefinite.Smallest, indefinite.Clamped, indefinite.IsIndefinite));
    }
}
