using CsCheck;
using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class SampleMetricsTests
{
    private static readonly Gen<double[]> Flat = Gen.Double[-3, 3].Array[12];

    [Fact]
    public void A_sample_is_at_no_distance_from_itself() => Flat.Sample(values =>
    {
        var a = new MatrixView<double>(values, 6, 2);
        return Math.Abs(EnergyDistance.Between(a, a)) < 1e-12
            && Math.Abs(MeanDiscrepancy.Between(a, a, 1).Biased) < 1e-12
            && SlicedWasserstein.Between(a, a, SlicedWasserstein.Directions(4, 2, 1)) < 1e-12;
    });

    [Fact]
    public void Distances_are_symmetric_and_not_negative() => Gen.Select(Flat, Flat).Sample((x, y) =>
    {
        var a = new MatrixView<double>(x, 6, 2);
        var b = new MatrixView<double>(y, 6, 2);
        double energy = EnergyDistance.Between(a, b);
        return energy >= -1e-12 && Math.Abs(energy - EnergyDistance.Between(b, a)) < 1e-12
            && MeanDiscrepancy.Between(a, b, 0.7).Biased >= -1e-12;
    });

    [Fact]
    public void A_shift_moves_the_earth_by_its_projection()
    {
        MatrixView<double> a = MatrixView.Allocate<double>(50, 2);
        GaussianMixture.Ring().Sample(new Xoshiro256StarStar(4, threadSafe: false), a);
        MatrixView<double> b = MatrixView.Allocate<double>(50, 2);
        for (int i = 0; i < 50; i++)
            (b[i, 0], b[i, 1]) = (a[i, 0] + 3, a[i, 1]);

        double[] squared = SlicedWasserstein.Squared(a, b, MatrixView.From(new[,] { { 1.0, 0 }, { 0, 2 }, { 3, 4 } }));

        Assert.Equal(9, squared[0], 1e-9);
        Assert.Equal(0, squared[1], 1e-9);
        Assert.Equal(9 * 0.36, squared[2], 1e-9);
    }

    [Fact]
    public void True_samples_have_the_likelihood_of_the_truth()
    {
        GaussianMixture normal = new([1], MatrixView.Allocate<double>(1, 2), [MatrixView.From(new[,] { { 1.0, 0 }, { 0, 1 } })]);
        MatrixView<double> points = MatrixView.Allocate<double>(20_000, 2);
        normal.Sample(new Xoshiro256StarStar(2, threadSafe: false), points);

        double mean = SampleLikelihood.Under(normal.At(ForwardProcess.OrnsteinUhlenbeck().At(0)), points).Mean;

        Assert.Equal(-Math.Log(2 * Math.PI) - 1, mean, 0.03);
    }

    [Fact]
    public void Samples_that_do_not_fit_are_refused()
    {
        MatrixView<double> two = MatrixView.Allocate<double>(2, 2);

        Assert.Throws<ArgumentException>(() => EnergyDistance.Between(two, MatrixView.Allocate<double>(2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyDistance.Between(two, MatrixView.Allocate<double>(0, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanDiscrepancy.Between(two, two, 0));
        Assert.Throws<ArgumentException>(() => SlicedWasserstein.Between(two, MatrixView.Allocate<double>(3, 2), two));
        Assert.Throws<ArgumentException>(() => SlicedWasserstein.Between(two, two, two));
        Assert.True(double.IsNaN(MeanDiscrepancy.Between(two.RowRange(0, 1), two, 1).Unbiased));
    }
}
