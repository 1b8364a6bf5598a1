using CsCheck;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class ExampleGradientsTests
{
    public static TheoryData<HiddenActivation, bool> Networks { get; } =
        new MatrixTheoryData<HiddenActivation, bool>([HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Gelu], [true, false]);

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_norm_of_the_outputs_gradient_is_that_of_the_Jacobian_by_central_differences(HiddenActivation activation, bool isTheory)
    {
        var small = new SmallNetwork(activation, seed: 3, isTheory);
        double[] norms = new double[small.Inputs.Rows];

        ExampleGradients.OfOutputs<double>(small.Network, small.Inputs, small.Workspace(), norms);

        for (int i = 0; i < norms.Length; i++)
            Assert.Equal(Math.Sqrt(small.Jacobian(i).Cast<double>().Sum(x => x * x)), norms[i], 1e-7 * norms[i]);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_norm_of_the_squared_losses_gradient_is_that_of_each_example_alone(HiddenActivation activation, bool isTheory)
    {
        var small = new SmallNetwork(activation, seed: 4, isTheory);
        NetworkWorkspace<double> workspace = small.Workspace();
        double[] norms = new double[small.Inputs.Rows];

        ExampleGradients.OfSquaredLoss<double>(small.Network, small.Inputs, small.Labels, workspace, norms);

        for (int i = 0; i < norms.Length; i++)
        {
            small.Network.LossAndGradient(small.Inputs.RowRange(i, 1), small.Labels.AsMemory(i, 1), LossOptions.Theory, workspace);
            Assert.Equal(Math.Sqrt(workspace.Gradient.ToArray().Sum(g => g * g)), norms[i], 1e-12 * norms[i]);
        }
    }

    [Fact]
    public void A_softmax_network_never_exceeds_its_bound_whatever_its_logits() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0.01, 300], Gen.Bool).Sample((seed, scale, isTheory) =>
        {
            var small = new SmallNetwork(HiddenActivation.Softmax, seed, isTheory, scale);
            double[] norms = new double[small.Inputs.Rows];
            ExampleGradients.OfOutputs<double>(small.Network, small.Inputs, small.Workspace(), norms);
            double bound = ExampleGradients.SoftmaxBound(small.Network, inputNorm: 1);
            return norms.All(norm => norm <= bound * (1 + 1e-12));
        });

    [Fact]
    public void The_bound_is_reached_by_two_equal_logits()
    {
        var options = new NetworkOptions
        {
            Inputs = 1, Hidden = 2, Outputs = 1, TrainOutputWeights = false, UseBias = false, Parametrisation = Parametrisation.Ntk, Temperature = 0.5,
        };
        var network = new TwoLayerNetwork<double>(options);
        network.OutputWeights[0, 0] = 1;
        network.OutputWeights[0, 1] = -1;
        double[] x = [1];
        double[] norms = new double[1];

        ExampleGradients.OfOutputs(network, new Kelvin.Linear.ReadOnlyMatrixView<double>(x, 1, 1), new NetworkWorkspace<double>(options, 1), norms);

        // s = √2, ‖A‖ = √2, 1/(2T) = 1: the bound is 2
        Assert.Equal(2, ExampleGradients.SoftmaxBound(network, inputNorm: 1), 1e-15);
        Assert.Equal(2, norms[0], 1e-15);
    }

    [Fact]
    public void Other_activations_have_no_bound()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 1);

        ArgumentException refused = Assert.Throws<ArgumentException>(() => ExampleGradients.SoftmaxBound(small.Network, 1));

        Assert.Contains("only softmax has a bound", refused.Message, StringComparison.Ordinal);
    }
}
