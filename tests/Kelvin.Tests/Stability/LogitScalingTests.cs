using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class LogitScalingTests
{
    private static readonly double[] Factors = [1, 10, 100, 1000];

    [Fact]
    public void The_first_factor_is_the_network_as_it_is_and_the_network_is_not_changed()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 2);
        double[] weights = small.Network.Parameters.ToArray();
        double[] norms = new double[small.Inputs.Rows];
        ExampleGradients.OfOutputs<double>(small.Network, small.Inputs, small.Workspace(), norms);

        LogitScalingPoint[] points = LogitScaling.Measure<double>(small.Network, small.Inputs, small.Labels, Factors);

        Assert.Equal(Math.Sqrt(norms.Average(x => x * x)), points[0].OutputGradient, 1e-12);
        Assert.Equal(norms.Max(), points[0].LargestOutputGradient);
        Assert.Equal(norms.Order().ElementAt(2), points[0].MedianOutputGradient);
        Assert.Equal(weights, small.Network.Parameters.ToArray());
    }

    [Fact]
    public void ReLUs_output_gradient_by_the_hidden_weights_does_not_change_and_its_loss_gradient_grows_linearly()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 5, isTheory: true);

        LogitScalingPoint[] points = LogitScaling.Measure<double>(small.Network, small.Inputs, small.Labels, Factors);

        Assert.All(points, point => Assert.Equal(points[0].OutputGradient, point.OutputGradient, 1e-12 * point.OutputGradient));
        Assert.Equal(1, LogitScaling.GrowthExponent(Factors.AsSpan(2), [points[2].LossGradient, points[3].LossGradient]), 0.01);
    }

    [Fact]
    public void Exp_overflows_and_its_growth_is_infinite()
    {
        var small = new SmallNetwork(HiddenActivation.Exp, seed: 6, isTheory: true);

        double[] gradients = [.. LogitScaling.Measure<double>(small.Network, small.Inputs, small.Labels, Factors).Select(point => point.OutputGradient)];

        Assert.False(double.IsFinite(gradients[^1]));
        Assert.Equal(double.PositiveInfinity, LogitScaling.GrowthExponent(Factors, gradients));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(20, 1)]
    [InlineData(200, 2)]
    [InlineData(0.2, -1)]
    public void The_exponent_of_a_power_is_the_power(double last, double exponent)
    {
        Assert.Equal(exponent, LogitScaling.GrowthExponent([1, 10], [2, last]), 1e-12);
    }

    [Fact]
    public void Without_examples_it_is_refused()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 1);

        Assert.Throws<ArgumentException>(() => LogitScaling.Measure<double>(small.Network, MatrixView.Allocate<double>(0, 4), [], Factors));
    }
}
