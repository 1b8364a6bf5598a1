using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class GenerationMetricsTests
{
    [Fact]
    public void The_Frechet_distance_of_large_Gaussian_samples_is_the_closed_form()
    {
        GaussianMixture one = new([1], MatrixView.From(new[,] { { 0.0, 0 } }), [MatrixView.From(new[,] { { 1.0, 0 }, { 0, 4 } })]);
        GaussianMixture two = new([1], MatrixView.From(new[,] { { 1.0, 2 } }), [MatrixView.From(new[,] { { 9.0, 0 }, { 0, 1 } })]);

        double distance = FrechetDistance.Between(Draw(one, 40_000, 1), Draw(two, 40_000, 2));

        Assert.Equal(5 + 4 + 1, distance, 0.2);   // ‖(1, 2)‖² + (3 − 1)² + (1 − 2)²
    }

    [Fact]
    public void A_sample_is_at_no_Frechet_distance_from_itself_and_a_shift_is_its_square()
    {
        MatrixView<double> a = Draw(GaussianMixture.Ring(), 100, 3);
        MatrixView<double> b = MatrixView.Allocate<double>(100, 2);
        for (int i = 0; i < 200; i++)
            b.Span[i] = a.Span[i] + 2;

        Assert.Equal(0, FrechetDistance.Between(a, a), 1e-9);
        Assert.Equal(8, FrechetDistance.Between(a, b), 1e-9);
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(a, b.RowRange(0, 1)));
    }

    [Fact]
    public void Copies_are_nearer_than_fresh_draws_and_fresh_draws_are_as_near_as_fresh_draws()
    {
        MatrixView<double> train = Draw(GaussianMixture.Ring(), 500, 1);
        double[] real = NearestNeighbour.Distances(Draw(GaussianMixture.Ring(), 2000, 2), train);
        double[] fresh = NearestNeighbour.Distances(Draw(GaussianMixture.Ring(), 2000, 3), train);
        double[] copies = NearestNeighbour.Distances(train, train);

        Assert.Equal(1, NearestNeighbour.ShareNearer(copies, real, 0.05));
        Assert.Equal(0.05, NearestNeighbour.ShareNearer(fresh, real, 0.05), 0.025);
        Assert.Equal(0.5, NearestNeighbour.ShareNearer(fresh, real, 0.5), 0.06);
    }

    private static MatrixView<double> Draw(GaussianMixture law, int rows, int seed)
    {
        MatrixView<double> points = MatrixView.Allocate<double>(rows, 2);
        law.Sample(new Xoshiro256StarStar(seed, threadSafe: false), points);
        return points;
    }
}
