using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Tests.Stability;

public sealed class LossHessianTests
{
    public static TheoryData<HiddenActivation, LossKind, bool> Cases { get; } = new MatrixTheoryData<HiddenActivation, LossKind, bool>(
        [HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu], [LossKind.Squared, LossKind.CrossEntropy], [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_product_is_the_derivative_of_the_gradient(HiddenActivation activation, LossKind kind, bool isTheory)
    {
        var small = new SmallNetwork(activation, seed: 21, isTheory);
        var loss = new LossOptions { Kind = kind };
        var hessian = new LossHessian(small.Network, small.Set, loss);
        double[] product = new double[hessian.Size];

        for (int k = 0; k < hessian.Size; k++)
        {
            double[] direction = new double[hessian.Size];
            direction[k] = 1;
            hessian.Apply(direction, product);

            double[] expected = Difference(small, loss, k);
            for (int j = 0; j < product.Length; j++)
                Assert.Equal(expected[j], product[j], 1e-7);
        }
    }

    [Fact]
    public void The_sharpness_is_the_largest_eigenvalue_of_the_matrix()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 22);
        var hessian = new LossHessian(small.Network, small.Set, new LossOptions());
        Matrix<double> matrix = Matrix<double>.Build.Dense(hessian.Size, hessian.Size);
        double[] column = new double[hessian.Size];
        for (int k = 0; k < hessian.Size; k++)
        {
            double[] direction = new double[hessian.Size];
            direction[k] = 1;
            hessian.Apply(direction, column);
            matrix.SetColumn(k, column);
        }

        EigenvalueEstimate sharpness = hessian.Sharpness(new EigenvalueOptions { Tolerance = 1e-9, MaxIterations = 200 });

        Assert.True((matrix - matrix.Transpose()).L2Norm() < 1e-12);
        Assert.Equal(matrix.Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real), sharpness.Value, 1e-8);
    }

    [Fact]
    public void A_product_allocates_nothing()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 23);
        var hessian = new LossHessian(small.Network, small.Set, new LossOptions());
        double[] x = [.. Enumerable.Repeat(0.1, hessian.Size)];
        double[] y = new double[hessian.Size];

        Assert.Equal(0, Allocations.Fewest(() => hessian.Apply(x, y)));
    }

    [Fact]
    public void Gelu_is_refused()
    {
        var small = new SmallNetwork(HiddenActivation.Gelu, seed: 24);

        Assert.Throws<ArgumentException>(() => new LossHessian(small.Network, small.Set, new LossOptions()));
    }

    private static double[] Difference(SmallNetwork small, LossOptions loss, int k)
    {
        const double step = 1e-5;
        TwoLayerNetwork<double> network = small.Network.Copy();
        NetworkWorkspace<double> workspace = small.Workspace();
        Span<double> weights = network.TrainedParameters.Span;
        double kept = weights[k];
        weights[k] = kept + step;
        network.LossAndGradient(small.Inputs, small.Labels, loss, workspace);
        double[] above = workspace.Gradient.ToArray();
        weights[k] = kept - step;
        network.LossAndGradient(small.Inputs, small.Labels, loss, workspace);
        return [.. above.Select((value, j) => (value - workspace.Gradient[j]) / (2 * step))];
    }
}
