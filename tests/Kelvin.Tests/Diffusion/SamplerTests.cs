using Kelvin.Diffusion;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class SamplerTests
{
    private static readonly GaussianMixture Ring = GaussianMixture.Ring(5, 1.5, 0.3);

    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1));

    [Fact]
    public void DDIM_with_all_its_noise_is_the_ancestral_step()
    {
        double[] x = [0.3, -1, 2];
        double[] noise = [1, 0.5, -0.2];
        double[] z = [0.1, 0.2, -0.3];
        double[] ddim = new double[3];
        double[] ancestral = new double[3];
        foreach (ForwardProcess process in new[] { Process, ForwardProcess.VarianceExploding(NoiseSchedule.Geometric()) })
        {
            DiffusionStep.Ddim<double>(process, 0.8, 0.3, 1, x, noise, z, ddim);
            DiffusionStep.Ddpm<double>(process, 0.8, 0.3, x, noise, z, ancestral);

            for (int i = 0; i < x.Length; i++)
                Assert.Equal(ddim[i], ancestral[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(SamplerKind.Euler, 1)]
    [InlineData(SamplerKind.Ddim, 1)]
    [InlineData(SamplerKind.Heun, 2)]
    public void Halving_the_steps_divides_the_error_as_the_order_says(SamplerKind kind, int order)
    {
        double[] truth = Flow(SamplerKind.Heun, 4096);
        double coarse = Error(Flow(kind, 64), truth);
        double fine = Error(Flow(kind, 128), truth);

        Assert.InRange(Math.Log2(coarse / fine), order - 0.25, order + 0.35);
    }

    [Theory]
    [InlineData(SamplerKind.Heun)]
    [InlineData(SamplerKind.Euler)]
    [InlineData(SamplerKind.Ddim)]
    [InlineData(SamplerKind.Ancestral)]
    [InlineData(SamplerKind.EulerMaruyama)]
    [InlineData(SamplerKind.PredictorCorrector)]
    public void The_exact_score_gives_samples_of_the_mixture(SamplerKind kind)
    {
        MatrixView<double> samples = Sample(Process, new SamplerOptions { Kind = kind }, seed: 3);

        Assert.InRange(SlicedWasserstein.Between(samples, Truth(), SlicedWasserstein.Directions(32, 2, 1)), 0, 0.12);
    }

    [Fact]
    public void An_exploding_process_gives_samples_of_the_mixture_too()
    {
        ForwardProcess exploding = ForwardProcess.VarianceExploding(NoiseSchedule.Constant(25));
        MatrixView<double> samples = MatrixView.Allocate<double>(1000, 2);
        DiffusionSampler.Start(exploding.At(4), samples, seed: 1, dataVariance: 1.2);

        DiffusionSampler.Run(exploding, new MixtureScore(Ring), TimeGrid.Power(4, 0, 100, 7), samples, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(SlicedWasserstein.Between(samples, Truth(), SlicedWasserstein.Directions(32, 2, 1)), 0, 0.12);
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_seed_others()
    {
        var options = new SamplerOptions { Kind = SamplerKind.PredictorCorrector };

        Assert.True(Sample(Process, options, 5).Span.SequenceEqual(Sample(Process, options, 5).Span));
        Assert.False(Sample(Process, options, 5).Span.SequenceEqual(Sample(Process, options, 6).Span));
    }

    [Fact]
    public void Grids_fall_from_end_to_end()
    {
        double[] times = TimeGrid.Power(3, 0, 10, 7);

        Assert.Equal((3, 0, 11), (times[0], times[^1], times.Length));
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeGrid.Uniform(1, 1, 5));
        Assert.Throws<ArgumentException>(() => DiffusionSampler.Run(
            Process, new MixtureScore(Ring), [1.0, 1.5], MatrixView.Allocate<double>(1, 2), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_sampler_stops_when_it_is_told_to() =>
        Assert.Throws<OperationCanceledException>(() => DiffusionSampler.Run(
            Process, new MixtureScore(Ring), [1.0, 0.5], MatrixView.Allocate<double>(1, 2), cancellationToken: new CancellationToken(canceled: true)));

    private static double[] Flow(SamplerKind kind, int steps)
    {
        double[] x = [0.7, -0.4, -1.1, 0.2, 0.05, 1.3];
        DiffusionSampler.Run(
            Process, new MixtureScore(Ring), TimeGrid.Uniform(2, 0.25, steps), new MatrixView<double>(x, 3, 2), new SamplerOptions { Kind = kind });
        return x;
    }

    private static double Error(double[] x, double[] truth) => x.Zip(truth).Max(pair => Math.Abs(pair.First - pair.Second));

    private static MatrixView<double> Sample(ForwardProcess process, SamplerOptions options, int seed)
    {
        MatrixView<double> samples = MatrixView.Allocate<double>(1000, 2);
        DiffusionSampler.Start(process.At(8), samples, seed);
        DiffusionSampler.Run(process, new MixtureScore(Ring), TimeGrid.Power(8, 0, 120, 3), samples, options, seed);
        return samples;
    }

    private static MatrixView<double> Truth()
    {
        MatrixView<double> truth = MatrixView.Allocate<double>(1000, 2);
        Ring.Sample(new Xoshiro256StarStar(99, threadSafe: false), truth);
        return truth;
    }
}
