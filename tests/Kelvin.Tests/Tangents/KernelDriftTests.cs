using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class KernelDriftTests
{
    [Fact]
    public void A_kernel_that_has_not_moved_has_no_drift()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Relu, 8, 4, 64, 1);
        KernelSpectrum spectrum = kernel.Spectrum();

        KernelDrift drift = KernelDrift.Between(spectrum, kernel, kernel);

        Assert.Equal((0.0, 0.0), (drift.Frobenius, drift.Operator));
        for (int j = 0; j < 8; j++)
            Assert.Equal(spectrum.Values.Span[j], drift.Along.Span[j], 1e-13 * spectrum.Largest);
        Assert.Equal(1, drift.Smallest, 1e-8);
        Assert.Equal(1, drift.Largest, 1e-9);
    }

    [Fact]
    public void Doubling_the_inputs_makes_the_relu_kernel_four_times_as_large_in_every_direction()
    {
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(NetworkOptions.Theory(4, 64, 2, HiddenActivation.Relu), 1);
        MatrixView<double> points = SlowKernel.Points(5, 4, 2);
        TangentKernel<double> before = TangentKernel.Compute<double>(network, points);
        foreach (ref double x in points.Span)
            x *= 2;

        KernelDrift drift = KernelDrift.Between(before.Spectrum(), before, TangentKernel.Compute<double>(network, points));

        Assert.Equal(3, drift.Frobenius, 1e-12);
        Assert.Equal(3, drift.Operator, 1e-9);
        Assert.Equal(4, drift.Largest, 1e-9);
        foreach (double ratio in drift.Ratios.Span)
            Assert.Equal(4, ratio, 1e-7);
    }
}
