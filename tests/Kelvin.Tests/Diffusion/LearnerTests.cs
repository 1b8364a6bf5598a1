using Kelvin.Diffusion;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tests.Diffusion;

public sealed class LearnerTests
{
    private static readonly GaussianMixture Ring = GaussianMixture.Ring();

    private static readonly ForwardProcess Process = ForwardProcess.VariancePreserving(NoiseSchedule.Constant(1));

    [Fact]
    public void Projected_points_lie_on_the_sphere_and_keep_their_directions()
    {
        MatrixView<double> lifted = new ScoreKernel(HiddenActivation.Softmax).Lifted(MatrixView.From(new[,] { { 3.0, 4 }, { 0, 0 }, { 1e9, 0 } }));

        for (int i = 0; i < lifted.Rows; i++)
            Assert.Equal(1, lifted.Row(i).ToArray().Sum(x => x * x), 1e-12);
        Assert.Equal(1, lifted[1, 2], 1e-12);
        Assert.Equal(0.75, lifted[0, 0] / lifted[0, 1], 1e-12);
    }

    [Theory]
    [InlineData(PointLift.Sphere, HiddenActivation.Softmax, 0.20)]
    [InlineData(PointLift.Bias, HiddenActivation.Relu, 0.18)]
    [InlineData(PointLift.Sphere, HiddenActivation.Relu, 0.20)]
    public void More_examples_bring_the_sound_kernels_nearer_to_the_score(PointLift lift, HiddenActivation activation, double most)
    {
        double few = ErrorOf(activation, lift, 100);
        double many = ErrorOf(activation, lift, 400);

        Assert.InRange(many, 0, most);
        Assert.True(many < few);
    }

    [Fact]
    public void Raw_ReLU_features_cannot_learn_the_score() =>
        Assert.InRange(ErrorOf(HiddenActivation.Relu, PointLift.Raw, 400), 0.8, 1);

    [Fact]
    public void Clean_labels_are_learnt_better_than_noisy_ones() =>
        Assert.True(ErrorOf(HiddenActivation.Relu, PointLift.Bias, 200, clean: true) < ErrorOf(HiddenActivation.Relu, PointLift.Bias, 200));

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void A_network_learns_the_score(HiddenActivation activation)
    {
        NoiseLevel level = Process.At(1);
        NetworkPredictor predictor = NetworkPredictor.Fit(
            activation,
            PointLift.Sphere,
            NoisySample.Draw(Ring, level, 800, 1),
            NoisySample.Draw(Ring, level, 200, 2),
            new NetworkPredictorOptions { Width = 128, Steps = 800, LearningRate = 0.03 });

        Assert.InRange(ScoreError.Relative(predictor, NoisySample.Draw(Ring, level, 500, 3)), 0, 0.08);
    }

    [Fact]
    public void A_score_learnt_at_each_time_can_be_sampled_from_at_those_times_only()
    {
        double[] times = TimeGrid.Uniform(2, 0.5, 3);
        var score = new PredictorScore(2, times.Select(t => KernelRegression.Fit(
            [new ScoreKernel(HiddenActivation.Softmax)],
            NoisySample.Draw(Ring, Process.At(t), 60, 1),
            NoisySample.Draw(Ring, Process.At(t), 40, 2))));
        MatrixView<double> x = MatrixView.From(new[,] { { 0.5, -0.5 } });

        DiffusionSampler.Run(Process, score, times, x, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(double.IsFinite(x[0, 0]));
        Assert.Throws<ArgumentException>(() => score.Score(Process.At(0.7), x, MatrixView.Allocate<double>(1, 2)));
    }

    [Fact]
    public void A_power_law_has_its_exponent_as_slope()
    {
        double[] sizes = [100, 200, 400];
        double[][] errors = [[.. sizes.Select(n => 3 / n)], [.. sizes.Select(n => 5 / n)]];

        ScalingLaw law = ScalingLaw.Fit(sizes, errors);

        Assert.Equal(-1, law.Slope, 1e-12);
        Assert.Equal(-1, law.Interval.High, 1e-9);
        Assert.True(double.IsNaN(ScalingLaw.Fit(sizes, [[1, 0, 2]]).Slope));
        Assert.Throws<ArgumentException>(() => ScalingLaw.Fit([5, 5], [[1, 1]]));
    }

    private static double ErrorOf(HiddenActivation activation, PointLift lift, int n, bool clean = false)
    {
        NoiseLevel level = Process.At(0.1);
        ScoreKernel[] kernels = activation == HiddenActivation.Relu
            ? [new ScoreKernel(activation, lift)]
            : [.. new[] { 3.0, 5 }.Select(sigma => new ScoreKernel(activation, lift, sigma))];
        KernelPredictor fit = KernelRegression.Fit(
            kernels, NoisySample.Draw(Ring, level, n, 11), NoisySample.Draw(Ring, level, 200, 12), clean);
        return ScoreError.Relative(fit, NoisySample.Draw(Ring, level, 1000, 13));
    }
}
