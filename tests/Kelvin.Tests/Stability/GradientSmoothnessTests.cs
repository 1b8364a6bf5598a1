using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class GradientSmoothnessTests
{
    private static readonly double[] Two = [2];
    private static readonly int[] FirstClass = [0];
    private static readonly LossOptions Loss = new() { Kind = LossKind.Squared };

    [Fact]
    public void On_a_quadratic_it_is_the_curvature_along_the_gradient()
    {
        // One active ReLU unit with x = 2, a = 1: L = ½(2w − 1)² has L″ = 4 everywhere.
        var options = new NetworkOptions
        {
            Inputs = 1, Hidden = 1, Outputs = 1, Activation = HiddenActivation.Relu, TrainOutputWeights = false, UseBias = false, Parametrisation = Parametrisation.Theory,
        };
        var network = new TwoLayerNetwork<double>(options);
        network.HiddenWeights[0, 0] = 3;
        network.OutputWeights[0, 0] = 1;
        TrainingSet<double> set = TrainingSet.Classification<double>(new ReadOnlyMatrixView<double>(Two, 1, 1), FirstClass);

        GradientSmoothness measured = GradientSmoothness.Measure(network, set, Loss, new NetworkWorkspace<double>(options, 1));

        Assert.Equal(12.5, measured.Loss, 1e-12);
        Assert.Equal(10, measured.GradientNorm, 1e-12);
        Assert.Equal(3, measured.WeightNorm, 1e-12);
        Assert.Equal(4, measured.Lipschitz, 1e-9);
        Assert.Equal(4 * 3 / 10.0, measured.Relative, 1e-9);
    }

    [Fact]
    public void The_weights_are_the_same_to_the_bit_afterwards()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 9);
        double[] before = small.Network.Parameters.ToArray();

        GradientSmoothness.Measure(small.Network, small.Set, Loss, small.Workspace());

        Assert.Equal(before, small.Network.Parameters.ToArray());
    }

    [Fact]
    public void It_does_not_exceed_the_largest_eigenvalue_of_the_hessian_of_a_quadratic()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 10, isTheory: true);

        double lipschitz = GradientSmoothness.Measure(small.Network, small.Set, Loss, small.Workspace(), relativeStep: 1e-7).Lipschitz;
        double largest = LossCurvature.Largest(small.Network, small.Set, Loss).Value;

        Assert.InRange(lipschitz, 0, largest * 1.001);
    }
}
