using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Tests.Stability;

public sealed class LossCurvatureTests
{
    public static TheoryData<HiddenActivation, LossKind> Cases { get; } = new MatrixTheoryData<HiddenActivation, LossKind>(
        [HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Gelu], [LossKind.Squared, LossKind.CrossEntropy]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_largest_eigenvalue_of_the_gauss_newton_matrix(HiddenActivation activation, LossKind kind)
    {
        var small = new SmallNetwork(activation, seed: 11);
        double[] before = small.Network.Parameters.ToArray();

        EigenvalueEstimate largest = LossCurvature.Largest(
            small.Network, small.Set, new LossOptions { Kind = kind }, new EigenvalueOptions { Tolerance = 1e-8, MaxIterations = 200 });

        double expected = GaussNewtonMatrix(small, kind).Evd(Symmetricity.Symmetric).EigenValues.Max(value => value.Real);
        Assert.Equal(expected, largest.Value, 1e-5 * expected);
        Assert.Equal(before, small.Network.Parameters.ToArray());
    }

    [Fact]
    public void Descent_on_a_quadratic_shrinks_below_the_stable_step_and_grows_above_it()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 12, isTheory: true, scale: 3);
        var loss = new LossOptions { Kind = LossKind.Squared };
        double stable = LossCurvature.StableStep(LossCurvature.Largest(small.Network, small.Set, loss));

        Assert.True(LossAfter(small, loss, 0.9 * stable) < LossAfter(small, loss, 0));
        Assert.Equal(2 / LossCurvature.Largest(small.Network, small.Set, loss).Value, stable);
    }

    [Fact]
    public void A_flat_loss_bears_any_step()
    {
        var flat = new EigenvalueEstimate(0, 0, true, 1, new double[1]);

        Assert.Equal(double.PositiveInfinity, LossCurvature.StableStep(flat));
    }

    private static double LossAfter(SmallNetwork small, LossOptions loss, double rate)
    {
        TwoLayerNetwork<double> network = small.Network.Copy();
        var options = new TrainingOptions
        {
            Loss = loss,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = rate },
            BatchSize = null,
            Epochs = 20,
        };
        return new Trainer<double>(network, small.Set, null, options).Run().LastLoss;
    }

    private static Matrix<double> GaussNewtonMatrix(SmallNetwork small, LossKind kind)
    {
        int parameters = small.Network.TrainedCount;
        Matrix<double> sum = Matrix<double>.Build.Dense(parameters, parameters);
        for (int i = 0; i < small.Inputs.Rows; i++)
        {
            Matrix<double> jacobian = Matrix<double>.Build.DenseOfArray(small.Jacobian(i));
            sum += jacobian.TransposeThisAndMultiply(OutputHessian(small.Outputs(i), kind) * jacobian);
        }

        return sum / small.Inputs.Rows;
    }

    private static Matrix<double> OutputHessian(double[] outputs, LossKind kind)
    {
        if (kind == LossKind.Squared)
            return Matrix<double>.Build.DenseIdentity(outputs.Length);

        double sum = outputs.Sum(Math.Exp);
        Vector<double> p = Vector<double>.Build.DenseOfEnumerable(outputs.Select(z => Math.Exp(z) / sum));
        return Matrix<double>.Build.DenseOfDiagonalVector(p) - p.OuterProduct(p);
    }
}
