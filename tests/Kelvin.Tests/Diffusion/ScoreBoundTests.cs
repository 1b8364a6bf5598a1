using Kelvin.Diffusion;
using Kelvin.Linear;
using Kelvin.Networks;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Diffusion;

public sealed class ScoreBoundTests
{
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1));

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void The_true_score_error_is_below_its_bound_as_often_as_promised_and_not_far(double t)
    {
        const int Runs = 200;
        ClippedPredictor predictor = Learnt(t, 60);
        double truth = ScoreBound.OfScore(predictor, NoisySample.Draw(Ring, Process.At(t), 200_000, 999)).Measured;
        int covered = 0;
        double[] ratios = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            ScoreBound bound = ScoreBound.OfScore(predictor, NoisySample.Draw(Ring, Process.At(t), 3000, 1000 + run), 0.9);
            covered += bound.Bound >= truth ? 1 : 0;
            ratios[run] = bound.Ratio;
        }

        Array.Sort(ratios);
        Assert.InRange(covered, 180, Runs);
        Assert.InRange(ratios[Runs / 2], 1, 2);
    }

    [Fact]
    public void The_paired_noisy_difference_has_the_score_error_as_its_mean()
    {
        ClippedPredictor predictor = Learnt(0.5, 60);
        NoisySample draws = NoisySample.Draw(Ring, Process.At(0.5), 40_000, 4);
        var exact = new ClippedPredictor(new ExactPredictor(Ring, Process.At(0.5)), 20);

        double direct = ScoreBound.OfScore(predictor, draws).Measured;
        double paired = ScoreBound.OfExcess(predictor, exact, draws).Measured;

        Assert.Equal(direct, paired, 0.02);
    }

    [Fact]
    public void A_reference_that_is_worse_is_proven_worse()
    {
        NoisySample draws = NoisySample.Draw(Ring, Process.At(0.5), 20_000, 4);
        var exact = new ClippedPredictor(new ExactPredictor(Ring, Process.At(0.5)), 4.4);

        ScoreBound bound = ScoreBound.OfExcess(exact, Learnt(0.5, 20), draws);

        Assert.True(bound.Measured < bound.Bound && bound.Bound < 0);
    }

    [Fact]
    public void Draws_of_one_example_count_once()
    {
        NoisySample draws = NoisySample.Draw(Ring, Process.At(0.5), 1000, 4);

        ScoreBound bound = ScoreBound.OfRisk(Learnt(0.5, 20), draws, drawsPerExample: 10);

        Assert.Equal(100, bound.Draws);
        Assert.Throws<ArgumentException>(() => ScoreBound.OfRisk(Learnt(0.5, 20), draws, drawsPerExample: 7));
    }

    [Theory]
    [InlineData(1, 3.0, 1.5)]
    [InlineData(2, 4.4, 2.0)]
    [InlineData(64, 11.0, 9.0)]
    public void What_truncation_leaves_out_is_the_mean_it_says(int d, double radius, double cut)
    {
        var random = new Xoshiro256StarStar(3, threadSafe: false);
        double sum = 0;
        const int Draws = 400_000;
        for (int i = 0; i < Draws; i++)
        {
            double u = Chi.Sample(random, d);
            sum += Math.Max(0, ((radius + u) * (radius + u)) - ((radius + cut) * (radius + cut)));
        }

        double mean = sum / Draws;
        Assert.Equal(mean, NoiseTail.Excess(d, radius, cut), 0.03 * mean);
    }

    [Fact]
    public void Clipped_predictions_are_never_longer_and_otherwise_untouched()
    {
        var exact = new ExactPredictor(Ring, Process.At(0.1));
        var clipped = new ClippedPredictor(exact, 2);
        MatrixView<double> x = MatrixView.From(new[,] { { 2.0, 0.1 }, { 50, 50 } });
        MatrixView<double> raw = MatrixView.Allocate<double>(2, 2);
        MatrixView<double> cut = MatrixView.Allocate<double>(2, 2);

        exact.Predict(x, raw);
        clipped.Predict(x, cut);

        Assert.Equal(raw[0, 0], cut[0, 0]);
        Assert.Equal(2, Math.Sqrt((cut[1, 0] * cut[1, 0]) + (cut[1, 1] * cut[1, 1])), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClippedPredictor(exact, 0));
    }

    private static ClippedPredictor Learnt(double t, int n) => new(
        KernelRegression.Fit(
            [new ScoreKernel(HiddenActivation.Relu, PointLift.Bias)],
            NoisySample.Draw(Ring, Process.At(t), n, 1),
            NoisySample.Draw(Ring, Process.At(t), 200, 2)),
        Math.Sqrt(2) + 3);
}
