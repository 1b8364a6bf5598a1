using CsCheck;
using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class MixtureTests
{
    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1));

    private static readonly GaussianMixture Skewed = new(
        [1, 2, 0.5],
        MatrixView.From(new[,] { { -1.0, 0.5 }, { 1.5, 1 }, { 0, -2 } }),
        [
            MatrixView.From(new[,] { { 0.5, 0.2 }, { 0.2, 0.3 } }),
            MatrixView.From(new[,] { { 0.2, -0.1 }, { -0.1, 0.4 } }),
            MatrixView.From(new[,] { { 1.0, 0 }, { 0, 0.1 } }),
        ]);

    [Fact]
    public void The_score_is_the_gradient_of_the_log_density() =>
        Gen.Select(Gen.Double[0, 3], Gen.Double[-4, 4], Gen.Double[-4, 4]).Sample((t, x, y) =>
        {
            DiffusedMixture noisy = Skewed.At(Process.At(t));
            double[] score = new double[2];
            noisy.Score([x, y], score);
            const double H = 1e-5;
            double dx = (noisy.LogDensity([x + H, y]) - noisy.LogDensity([x - H, y])) / (2 * H);
            double dy = (noisy.LogDensity([x, y + H]) - noisy.LogDensity([x, y - H])) / (2 * H);
            double size = 1 + Math.Abs(dx) + Math.Abs(dy);
            return Math.Abs(score[0] - dx) <= 1e-6 * size && Math.Abs(score[1] - dy) <= 1e-6 * size;
        });

    [Fact]
    public void Tweedie_and_the_posterior_mean_agree() =>
        Gen.Select(Gen.Double[0.05, 3], Gen.Double[-4, 4], Gen.Double[-4, 4]).Sample((t, x, y) =>
        {
            DiffusedMixture noisy = Skewed.At(Process.At(t));
            double[] score = new double[2];
            double[] tweedie = new double[2];
            double[] data = new double[2];
            noisy.Score([x, y], score);
            noisy.Data([x, y], data);
            Denoising.DataOfScore<double>(noisy.Level, [x, y], score, tweedie);
            return Math.Abs(data[0] - tweedie[0]) + Math.Abs(data[1] - tweedie[1]) <= 1e-11;
        });

    [Fact]
    public void Drawn_points_have_the_means_and_covariances_of_their_components()
    {
        MatrixView<double> points = MatrixView.Allocate<double>(60_000, 2);
        int[] labels = new int[points.Rows];

        Skewed.Sample(new Xoshiro256StarStar(1, threadSafe: false), points, labels);

        for (int k = 0; k < 3; k++)
        {
            int[] rows = [.. Enumerable.Range(0, points.Rows).Where(i => labels[i] == k)];
            Assert.Equal(Skewed.Weights[k], (double)rows.Length / points.Rows, 0.01);
            double x = rows.Average(i => points[i, 0]);
            double y = rows.Average(i => points[i, 1]);
            Assert.Equal(Skewed.Means[k, 0], x, 0.03);
            Assert.Equal(Skewed.Means[k, 1], y, 0.03);
            Assert.Equal(new[] { 0.2, -0.1, 0 }[k], rows.Average(i => (points[i, 0] - x) * (points[i, 1] - y)), 0.02);
        }
    }

    [Fact]
    public void A_point_far_from_every_mode_has_responsibilities_and_a_finite_score()
    {
        DiffusedMixture noisy = GaussianMixture.Ring().At(Process.At(1e-6));
        double[] gamma = new double[8];
        double[] score = new double[2];

        noisy.Responsibilities([1e8, 1], gamma);
        noisy.Score([1e8, 1], score);

        Assert.Equal(1, gamma.Sum(), 1e-12);
        Assert.Equal(1, gamma[0], 1e-12);
        Assert.Equal(-1e8 / 0.04, score[0], 1e6);
    }

    [Fact]
    public void A_mixture_that_makes_no_sense_is_refused()
    {
        MatrixView<double> mean = MatrixView.Allocate<double>(1, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture([-1], mean, [MatrixView.Allocate<double>(2, 2)]));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1], mean, []));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1], mean, [MatrixView.From(new[,] { { 1.0, 2 }, { 2, 1 } })]));
        Assert.Throws<ArgumentException>(() => new GaussianMixture([1], mean, [MatrixView.From(new[,] { { 1.0, 0.5 }, { 0, 1 } })]));
        GaussianMixture point = new([1], mean, [MatrixView.Allocate<double>(2, 2)]);
        Assert.Throws<ArgumentException>(() => point.At(Process.At(0)));
    }
}
