using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class PredictedPathTests
{
    private static readonly int[] Strides = [50, 5, 2];

    [Theory]
    [InlineData(HiddenActivation.Softmax, 0.0)]
    [InlineData(HiddenActivation.Softmax, 0.8)]
    [InlineData(HiddenActivation.Relu, 0.8)]
    public void Linearised_at_every_step_it_is_training_itself(HiddenActivation activation, double momentum)
    {
        (TwoLayerNetwork<double> network, TrainingSet<double> set) = Problem(activation, size: 3);
        PathOptions options = Options(network, set, 0.5, momentum) with { Stride = 1, Steps = 60, Floor = 0 };

        PredictedPath path = PredictedPath.Walk(network, set, options);
        TrainingComparison real = RealTraining.Compare(network, set, options);

        Assert.Equal(61, path.Losses.Length);
        Assert.Equal(61, real.Losses.Length);
        for (int k = 0; k <= 60; k++)
            Assert.Equal(real.Losses.Span[k], path.Losses.Span[k], 1e-9 * real.Losses.Span[0]);
        Assert.True(real.LargestError > 0.01);
    }

    [Fact]
    public void Linearised_more_often_it_comes_nearer_to_training()
    {
        (TwoLayerNetwork<double> network, TrainingSet<double> set) = Problem(HiddenActivation.Softmax, size: 10);
        PathOptions options = Options(network, set, 0.2, 0) with { Steps = 200, Floor = 0 };
        ReadOnlyMemory<double> real = RealTraining.Compare(network, set, options).Losses;

        double[] errors = [.. Strides.Select(stride => Error(PredictedPath.Walk(network, set, options with { Stride = stride }), real))];

        Assert.True(errors[1] < 0.7 * errors[0] && errors[2] < 0.7 * errors[1], string.Join(", ", errors));
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        (TwoLayerNetwork<double> network, TrainingSet<double> set) = Problem(HiddenActivation.Exp, size: 1);
        double[] before = network.Parameters.ToArray();

        KernelRegime.Check(network, set, Options(network, set, 0.5, 0.9));
        RealTraining.Compare(network, set, Options(network, set, 0.5, 0.9) with { Steps = 10 });

        Assert.Equal(before, network.Parameters.ToArray());
    }

    [Fact]
    public void Small_targets_are_in_the_regime_and_large_ones_are_not_and_both_say_why()
    {
        (TwoLayerNetwork<double> easy, TrainingSet<double> easySet) = Problem(HiddenActivation.Softmax, size: 0.01);
        (TwoLayerNetwork<double> hard, TrainingSet<double> hardSet) = Problem(HiddenActivation.Softmax, size: 30);

        RegimeVerdict yes = KernelRegime.Check(easy, easySet, Options(easy, easySet, 0.5, 0));
        RegimeVerdict no = KernelRegime.Check(hard, hardSet, Options(hard, hardSet, 0.3, 0));
        RegimeVerdict tooFast = KernelRegime.Check(easy, easySet, Options(easy, easySet, 1.2, 0));

        Assert.True(yes.IsInRegime);
        Assert.Equal(PredictionEnd.Holds, yes.Reason);
        Assert.False(no.IsInRegime);
        Assert.Contains(no.Reason, (PredictionEnd[])[PredictionEnd.KernelDrift, PredictionEnd.EdgeOfStability]);
        Assert.False(tooFast.IsInRegime);
        Assert.Equal(PredictionEnd.StepTooLarge, tooFast.Reason);
        Assert.Contains("1.2 times the stable one", tooFast.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_blows_up_is_compared_until_it_does()
    {
        (TwoLayerNetwork<double> network, TrainingSet<double> set) = Problem(HiddenActivation.Exp, size: 5);

        TrainingComparison run = RealTraining.Compare(network, set, Options(network, set, 30, 0));
        RegimeVerdict verdict = KernelRegime.Check(network, set, Options(network, set, 30, 0));

        Assert.Equal(PredictionEnd.StepTooLarge, run.Reason);
        Assert.True(run.Losses.Length < 1000);
        Assert.False(verdict.IsInRegime);
    }

    private static (TwoLayerNetwork<double> Network, TrainingSet<double> Set) Problem(HiddenActivation activation, double size)
    {
        NetworkOptions options = NetworkOptions.Theory(5, 64, 1, activation) with { SymmetricStart = true };
        return (TwoLayerNetwork.Create<double>(options, 1), TrainingSet.Regression<double>(SlowKernel.OnSphere(8, 5, 2), SlowKernel.Points(8, 1, 3, size)));
    }

    private static PathOptions Options(TwoLayerNetwork<double> network, TrainingSet<double> set, double share, double momentum) => new()
    {
        LearningRate = share * TangentKernel.Compute(network, set.Inputs).StableStep(momentum),
        Momentum = momentum,
    };

    private static double Error(PredictedPath path, ReadOnlyMemory<double> real) =>
        Enumerable.Range(0, real.Length).Max(k => Math.Abs(path.Losses.Span[k] - real.Span[k]) / real.Span[0]);
}
