using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Tangents;

public sealed class MiniBatchPredictionTests
{
    private static readonly int[] Batches = [8, 4, 2, 1];

    [Theory]
    [InlineData(1, 2, BatchSampling.WithReplacement)]
    [InlineData(1, 2, BatchSampling.WithoutReplacement)]
    [InlineData(2, 3, BatchSampling.WithReplacement)]
    public void It_is_the_mean_over_many_runs_with_a_kernel_that_stays(int outputs, int batch, BatchSampling sampling)
    {
        const int Examples = 6;
        const int Steps = 15;
        const int Runs = 20_000;
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Softmax, Examples, 3, 30, outputs);
        double[] start = SlowKernel.Points(1, Examples * outputs, 2).Row(0).ToArray();
        double rate = 0.3 * kernel.StableStep();
        var random = new Xoshiro256StarStar(3, false);

        double[] expected = MiniBatchPrediction.ExpectedLosses(kernel.Spectrum(), start, Examples, batch, rate, Steps, sampling);
        double sum = 0;
        double squares = 0;
        for (int run = 0; run < Runs; run++)
        {
            double loss = Run(kernel, start, Examples, batch, rate, Steps, sampling, random);
            sum += loss;
            squares += loss * loss;
        }

        double mean = sum / Runs;
        double error = Math.Sqrt(((squares / Runs) - (mean * mean)) / Runs);
        Assert.InRange(expected[^1], mean - (4.5 * error), mean + (4.5 * error));
        Assert.True(error < 0.05 * mean);
    }

    [Fact]
    public void A_batch_of_everything_without_replacement_has_no_noise()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Relu, 5, 4, 40, 2);
        double[] start = SlowKernel.Points(1, 10, 2).Row(0).ToArray();
        var plain = new KernelPrediction(kernel.Spectrum(), start, 0.4 * kernel.StableStep());

        double[] losses = MiniBatchPrediction.ExpectedLosses(kernel.Spectrum(), start, 5, 5, plain.LearningRate, 30, BatchSampling.WithoutReplacement);

        for (int k = 0; k <= 30; k++)
            Assert.Equal(plain.Loss(k), losses[k], 1e-12 * losses[0]);
    }

    [Fact]
    public void Smaller_batches_are_noisier()
    {
        TangentKernel<double> kernel = SlowKernel.Theory(HiddenActivation.Exp, 8, 4, 40, 1);
        double[] start = SlowKernel.Points(1, 8, 2).Row(0).ToArray();

        double[] losses = [.. Batches.Select(
            batch => MiniBatchPrediction.ExpectedLosses(kernel.Spectrum(), start, 8, batch, 0.2 * kernel.StableStep(), 40)[^1])];

        Assert.Equal(losses.Order(), losses);
    }

    private static double Run(
        TangentKernel<double> kernel, double[] start, int examples, int batch, double rate, int steps, BatchSampling sampling, Xoshiro256StarStar random)
    {
        double[] u = [.. start];
        double[] weighed = new double[u.Length];
        int[] order = [.. Enumerable.Range(0, examples)];
        for (int k = 0; k < steps; k++)
        {
            double[] counts = new double[examples];
            random.Shuffle(order);
            for (int b = 0; b < batch; b++)
                counts[sampling == BatchSampling.WithReplacement ? random.Next(examples) : order[b]]++;
            for (int a = 0; a < u.Length; a++)
                weighed[a] = u[a] * counts[a % examples] * examples / batch;
            Gemv.Multiply(-rate * kernel.Factor, kernel.Matrix, Transpose.No, weighed, 1, u.AsSpan());
        }

        return u.Sum(x => x * x) / 2;
    }
}
