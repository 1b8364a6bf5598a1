using Kelvin.Diffusion;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tests.Networks;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class DenoiserTests
{
    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Cosine());

    private static readonly DenoiserOptions Small = new() { Dimensions = 2, Width = 7, Blocks = 2, Classes = 3, Waves = 3, DataDeviation = 1.4 };

    [Fact]
    public void The_gradient_is_that_of_central_differences()
    {
        var network = new DenoiserNetwork<double>(Small, seed: 1);
        GaussianFill(network.Parameters.Span, 0.4);
        var pass = new DenoiserPass<double>(network, 5, 1);
        MatrixView<double> x = MatrixView.From(new[,] { { 1.0, -0.4 }, { 0.2, 0.7 }, { -1.5, 0.3 }, { 0, 0 }, { 0.6, 2 } });
        double[] alphas = [0.9, 0.5, 0.1, 0.99, 0.7];
        double[] sigmas = [.. alphas.Select(a => Math.Sqrt(1 - (a * a)))];
        int[] labels = [0, 2, -1, 1, 0];
        double Loss()
        {
            pass.Forward(x, alphas, sigmas, labels);
            double sum = 0;
            foreach (double f in pass.Outputs.Span)
                sum += 0.5 * (f - 0.3) * (f - 0.3);
            return sum;
        }

        Loss();
        MatrixView<double> d = MatrixView.Allocate<double>(5, 2);
        for (int i = 0; i < 10; i++)
            d.Span[i] = pass.Outputs.Span[i] - 0.3;
        double[] gradient = new double[network.Parameters.Length];
        pass.Backward(d, gradient);
        double[] reference = CentralDifference.Gradient(network.Parameters, 1e-2, Loss);

        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(reference[i], gradient[i], 1e-8 * (1 + Math.Abs(reference[i])));
    }

    [Fact]
    public void It_starts_as_the_best_linear_denoiser()
    {
        var network = new DenoiserNetwork<double>(Small with { Classes = 0 }, seed: 2);
        NoiseLevel level = Process.At(0.4);
        MatrixView<double> x = MatrixView.From(new[,] { { 1.0, -2 } });
        MatrixView<double> score = MatrixView.Allocate<double>(1, 2);

        new DenoiserScore<double>(network).Score(level, x, score);

        double variance = level.Variance + (level.Alpha * level.Alpha * 1.4 * 1.4);
        Assert.Equal(-1 / variance, score[0, 0], 1e-12);
        Assert.Equal(2 / variance, score[0, 1], 1e-12);
    }

    [Fact]
    public void It_learns_the_score_of_a_mixture()
    {
        GaussianMixture ring = GaussianMixture.Ring(4, 2, 0.4);
        MatrixView<double> data = MatrixView.Allocate<double>(4000, 2);
        ring.Sample(new Xoshiro256StarStar(3, threadSafe: false), data);
        var options = new DenoiserTrainingOptions { Steps = 1200, BatchSize = 128, LastTime = 0.95, AverageMemory = 0.99 };
        var trainer = new DenoiserTrainer<double>(
            new DenoiserNetwork<double>(new DenoiserOptions { Dimensions = 2, Width = 64, Blocks = 2, DataDeviation = 1.47 }, 4), Process, data, default, options);
        while (!trainer.IsDone)
            trainer.TakeStep();

        foreach (double t in new[] { 0.2, 0.5 })
        {
            NoisySample fresh = NoisySample.Draw(ring, Process.At(t), 1000, 5);
            Assert.InRange(ScoreError.Relative(new DenoiserPredictor(trainer.Average(), fresh.Level), fresh), 0, 0.06);
        }
    }

    [Fact]
    public void A_saved_and_resumed_run_is_the_same_to_the_bit_on_two_threads_too()
    {
        DenoiserTrainer<float> whole = Trainer(threads: 1);
        for (int i = 0; i < 12; i++)
            whole.TakeStep();

        DenoiserTrainer<float> first = Trainer(threads: 2);
        for (int i = 0; i < 5; i++)
            first.TakeStep();
        using var saved = new MemoryStream();
        first.Save(saved);
        saved.Position = 0;
        DenoiserTrainer<float> second = Trainer(threads: 2);
        second.Restore(saved);
        while (second.Step < 12)
            second.TakeStep();

        Assert.True(whole.Network.Parameters.Span.SequenceEqual(second.Network.Parameters.Span));
        Assert.True(whole.Average().Parameters.Span.SequenceEqual(second.Average().Parameters.Span));
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        DenoiserTrainer<float> trainer = Trainer(1);
        using var saved = new MemoryStream();
        trainer.Save(saved);

        using var cut = new MemoryStream(saved.ToArray()[..^1]);
        Assert.Throws<InvalidDataException>(() => trainer.Restore(cut));
        using var other = new MemoryStream([3, 1, 2, 3, 9, 9, 9, 9, 9]);
        Assert.Throws<InvalidDataException>(() => trainer.Restore(other));
    }

    [Fact]
    public void Guidance_one_is_the_class_and_guidance_zero_is_none()
    {
        var network = new DenoiserNetwork<double>(Small, seed: 1);
        GaussianFill(network.Parameters.Span, 0.5);
        MatrixView<double> x = MatrixView.From(new[,] { { 1.0, -2 }, { 0.5, 0.5 } });

        double[] none = Scores(network, x, [], 1);
        double[] some = Scores(network, x, [1, 2], 1);
        double[] twice = Scores(network, x, [1, 2], 2);

        Assert.Equal(none, Scores(network, x, [1, 2], 0));
        for (int i = 0; i < 4; i++)
            Assert.Equal((2 * some[i]) - none[i], twice[i], 1e-12);
        Assert.NotEqual(none[0], some[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenoiserScore<double>(network, [3]));
    }

    [Fact]
    public void A_step_of_training_allocates_only_its_random_generator_once_warm()
    {
        DenoiserTrainer<float> trainer = Trainer(1);

        long generator = Allocations.Fewest(() => trainer.TakeStep());

        Assert.InRange(generator, 0, 512);   // the step's own generator, made from the step so that a run can be resumed
    }

    private static double[] Scores(DenoiserNetwork<double> network, MatrixView<double> x, int[] labels, double guidance)
    {
        MatrixView<double> scores = MatrixView.Allocate<double>(x.Rows, x.Columns);
        new DenoiserScore<double>(network, labels, guidance).Score(Process.At(0.5), x, scores);
        return scores.Span.ToArray();
    }

    private static DenoiserTrainer<float> Trainer(int threads)
    {
        MatrixView<float> data = MatrixView.Allocate<float>(30, 2);
        for (int i = 0; i < 60; i++)
            data.Span[i] = MathF.Sin(i);
        int[] labels = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        var options = new DenoiserTrainingOptions { Steps = 20, BatchSize = 16, Threads = threads, Optimiser = new OptimiserOptions { Kind = OptimiserKind.AdamW } };
        return new DenoiserTrainer<float>(new DenoiserNetwork<float>(Small, 3), Process, data, labels, options);
    }

    private static void GaussianFill(Span<double> values, double size)
    {
        var random = new Xoshiro256StarStar(8, threadSafe: false);
        for (int i = 0; i < values.Length; i++)
            values[i] = size * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
    }
}
