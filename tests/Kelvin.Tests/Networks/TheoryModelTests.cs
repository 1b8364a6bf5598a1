using CsCheck;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

/// <summary>The model of arXiv 2405.03251: W trained, A = ±1 fixed, no biases, L = ½ Σ (F − Y)².</summary>
public sealed class TheoryModelTests
{
    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void Outputs_and_gradient_are_the_formulas_of_the_theory(HiddenActivation activation) =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 3], Gen.Double[0.5, 2], Gen.Int[0, 1 << 30]).Sample(
            (n, d, m, outputs, temperature, seed) =>
            {
                var reference = new TheoryReference(activation, n, d, m, outputs, temperature, seed);
                TwoLayerNetwork<double> network = reference.Network;
                var workspace = new NetworkWorkspace<double>(network.Options, n);

                double loss = network.LossAndGradient(reference.Inputs, reference.Targets, LossOptions.Theory, workspace);

                double scale = reference.Scale;
                Assert.Equal(reference.Loss, loss, 1e-12 * (1 + reference.Loss));
                for (int i = 0; i < n; i++)
                {
                    for (int l = 0; l < outputs; l++)
                        Assert.Equal(reference.Output(i, l), workspace.Outputs[i, l], 1e-12 * scale);
                }

                for (int i = 0; i < d; i++)
                {
                    for (int r = 0; r < m; r++)
                        Assert.Equal(reference.Gradient(i, r), workspace.HiddenWeightGradients[i, r], 1e-12 * scale * scale);
                }
            },
            iter: 200);

    [Theory]
    [InlineData(OptimiserKind.Sgd, HiddenActivation.Softmax, true)]
    [InlineData(OptimiserKind.Momentum, HiddenActivation.Softmax, true)]
    [InlineData(OptimiserKind.Adam, HiddenActivation.Softmax, false)]
    [InlineData(OptimiserKind.Sgd, HiddenActivation.Relu, false)]
    public void Gradient_descent_conserves_the_sum_of_the_units_of_a_softmax_network_only(
        OptimiserKind optimiser, HiddenActivation activation, bool isConserved)
    {
        NetworkOptions options = NetworkOptions.Theory(5, 32, 3, activation);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 5);
        double[] before = SumOfUnits(network);
        var training = new TrainingOptions
        {
            Loss = LossOptions.Theory,
            Optimiser = new OptimiserOptions { Kind = optimiser, LearningRate = 1e-3 },
            BatchSize = 16,
            Epochs = 20,
        };

        new Trainer<double>(network, TrainingRun.Clouds<double>(90, 1), validation: null, training).Go();

        double drift = before.Zip(SumOfUnits(network), (a, b) => Math.Abs(a - b)).Max();
        Assert.Equal(isConserved, drift < 1e-12);
        Assert.True(isConserved || drift > 1e-3, $"drift {drift}");
    }

    [Theory]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    [InlineData(HiddenActivation.Gelu)]
    public void A_symmetric_start_has_outputs_of_zero(HiddenActivation activation)
    {
        NetworkOptions options = NetworkOptions.Theory(5, 64, 3, activation) with { SymmetricStart = true };
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        var workspace = new NetworkWorkspace<double>(options, 90);

        network.Forward(TrainingRun.Clouds<double>(90, 1).Inputs, workspace);

        foreach (double output in workspace.Outputs.Span)
            Assert.Equal(0, output, 1e-12);
    }

    [Fact]
    public void A_common_shift_of_the_units_changes_no_output_of_a_softmax_network()
    {
        NetworkOptions options = NetworkOptions.Theory(5, 32, 3, HiddenActivation.Softmax);
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, 1);
        ReadOnlyMatrixView<double> inputs = TrainingRun.Clouds<double>(30, 1).Inputs;
        MatrixView<double> before = MatrixView.Allocate<double>(30, 3);
        MatrixView<double> after = MatrixView.Allocate<double>(30, 3);
        var workspace = new NetworkWorkspace<double>(options, 8);
        network.Forward(inputs, before, workspace);

        for (int i = 0; i < options.Inputs; i++)
        {
            foreach (ref double weight in network.HiddenWeights.Row(i))
                weight += 1.5 - i;
        }

        network.Forward(inputs, after, workspace);
        for (int i = 0; i < before.Span.Length; i++)
            Assert.Equal(before.Span[i], after.Span[i], 1e-12);
    }

    private static double[] SumOfUnits(TwoLayerNetwork<double> network)
    {
        double[] sums = new double[network.Options.Inputs];
        for (int i = 0; i < sums.Length; i++)
        {
            foreach (double weight in network.HiddenWeights.Row(i))
                sums[i] += weight;
        }

        return sums;
    }
}
