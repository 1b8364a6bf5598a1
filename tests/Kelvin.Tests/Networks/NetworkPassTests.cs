using CsCheck;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class NetworkPassTests
{
    public static TheoryData<HiddenActivation> Activations => [.. Enum.GetValues<HiddenActivation>()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Loss_gradient_and_outputs_do_not_depend_on_the_thread_count(HiddenActivation activation) =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[1, 40], Gen.Int[1, 150], Gen.Int[2, 12], Gen.Int[2, 5], Gen.Int[0, 1 << 30]).Sample(
            (n, d, m, outputs, threads, seed) =>
            {
                var options = new NetworkOptions { Inputs = d, Hidden = m, Outputs = outputs, Activation = activation };
                TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(options, seed);
                MatrixView<float> inputs = MatrixView.Allocate<float>(n, d);
                int[] labels = new int[n];
                for (int i = 0; i < inputs.Span.Length; i++)
                    inputs.Span[i] = MathF.Sin(seed + (17 * i));
                for (int i = 0; i < n; i++)
                    labels[i] = i % outputs;
                var alone = new NetworkWorkspace<float>(options, n);
                var many = new NetworkWorkspace<float>(options, n);

                double expected = network.LossAndGradient(inputs, labels, new LossOptions(), alone);
                double actual = network.LossAndGradient(inputs, labels, new LossOptions(), many, threads);

                return expected.Equals(actual)
                    && alone.Gradient.SequenceEqual(many.Gradient)
                    && alone.Outputs.Span.SequenceEqual(many.Outputs.Span);
            },
            iter: 60);

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_set_in_blocks_has_the_outputs_of_the_set_at_once(HiddenActivation activation)
    {
        NetworkOptions options = TrainingRun.Network with { Activation = activation };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        ReadOnlyMatrixView<double> inputs = TrainingRun.Clouds<double>(50, 1).Inputs;
        MatrixView<double> blocks = MatrixView.Allocate<double>(50, options.Outputs);
        var small = new NetworkWorkspace<double>(options, 7);
        var large = new NetworkWorkspace<double>(options, 50);

        network.Forward(inputs, blocks, small);
        network.Forward(inputs, large);

        for (int i = 0; i < blocks.Span.Length; i++)
            Assert.Equal(large.Outputs.Span[i], blocks.Span[i], 1e-13);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void The_sum_of_losses_is_the_mean_times_the_rows(HiddenActivation activation)
    {
        NetworkOptions options = TrainingRun.Network with { Activation = activation };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        TrainingSet<double> set = TrainingRun.Clouds<double>(32, 1);
        var mean = new NetworkWorkspace<double>(options, 32);
        var sum = new NetworkWorkspace<double>(options, 32);

        double average = network.LossAndGradient(set.Inputs, set.Labels, new LossOptions(), mean);
        double total = network.LossAndGradient(set.Inputs, set.Labels, new LossOptions { Reduction = LossReduction.Sum }, sum);

        Assert.Equal(32 * average, total, 1e-12 * total);
        for (int i = 0; i < mean.Gradient.Length; i++)
            Assert.Equal(32 * mean.Gradient[i], sum.Gradient[i], 1e-13);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.8413447460685429)]
    [InlineData(-1.0, -0.15865525393145707)]
    [InlineData(3.0, 2.99595030590511)]
    [InlineData(-6.0, -5.919525870226207e-09)]
    [InlineData(40.0, 40.0)]
    [InlineData(-40.0, 0.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Gelu_is_the_exact_one(double z, double expected)
    {
        double[] h = new double[1];
        double[] slope = new double[1];

        Gelu.Forward([z], 1.0, h);
        Gelu.Backward([z], 1.0, [1.0], slope);

        Assert.Equal(expected, h[0], 1e-14 * Math.Abs(expected));
        Assert.InRange(slope[0], -0.13, 1.13);
    }

    [Fact]
    public void Units_that_never_fire_are_counted_as_dead()
    {
        NetworkOptions options = TrainingRun.Network with { Activation = HiddenActivation.Relu, Hidden = 8 };
        var log = new StepLog();
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(options, 1);
        network.HiddenBias[..2].Fill(-1000);
        network.HiddenBias[2..].Fill(10);

        new Trainer<float>(network, TrainingRun.Clouds<float>(90, 1), validation: null, new TrainingOptions()).Go(log, maxSteps: 1);

        Assert.Equal(0.25, log.Steps[0].DeadShare);
        Assert.Equal(0, log.Steps[0].Hidden.Rows);
        Assert.InRange(log.Steps[0].Output.MaxProbability, 1.0 / 3, 1);
    }

    [Fact]
    public void The_vitals_of_a_step_are_those_of_its_softmax_rows()
    {
        var log = new StepLog();
        Trainer<float> trainer = TrainingRun.Make<float>(TrainingRun.Options with { BatchSize = null });
        trainer.Go(log, maxSteps: 1);

        Assert.Equal(90, log.Steps[0].Hidden.Rows);
        Assert.InRange(log.Steps[0].Hidden.NormalizedEntropy, 0.3, 1);
        Assert.Equal(Math.Log(3), log.Steps[0].Loss, 0.5);
        Assert.True(double.IsNaN(log.Steps[0].DeadShare));
        Assert.Equal(0, log.Steps[0].NonFinite);
    }
}
