using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class LinearPathTests
{
    [Fact]
    public void The_ends_of_the_line_are_the_two_networks()
    {
        var one = new SmallNetwork(HiddenActivation.Softmax, seed: 1);
        TwoLayerNetwork<double> two = TwoLayerNetwork.Create<double>(one.Options, 2);

        double[] losses = LinearPath.Losses(one.Network, two, one.Set, LossKind.Squared, points: 5);

        Assert.Equal(5, losses.Length);
        Assert.Equal(one.Network.Evaluate(one.Set, LossKind.Squared, one.Workspace()).Loss, losses[0], 1e-12);
        Assert.Equal(two.Evaluate(one.Set, LossKind.Squared, one.Workspace()).Loss, losses[^1], 1e-12);
    }

    [Fact]
    public void A_network_has_no_barrier_to_itself()
    {
        var one = new SmallNetwork(HiddenActivation.Relu, seed: 3);

        Assert.Equal(0, LinearPath.Barrier(LinearPath.Losses(one.Network, one.Network.Copy(), one.Set, LossKind.Squared)), 1e-12);
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, 0.0)]
    [InlineData(new[] { 1.0, 5, 3 }, 3.0)]
    [InlineData(new[] { 1.0, 0, 3 }, 0.0)]
    public void The_barrier_is_the_height_above_the_chord(double[] losses, double expected) =>
        Assert.Equal(expected, LinearPath.Barrier(losses));

    [Fact]
    public void Networks_of_different_shape_have_no_line()
    {
        var one = new SmallNetwork(HiddenActivation.Softmax, seed: 4);
        var two = new SmallNetwork(HiddenActivation.Exp, seed: 4);

        Assert.Throws<ArgumentException>(() => LinearPath.Losses(one.Network, two.Network, one.Set, LossKind.Squared));
    }
}
