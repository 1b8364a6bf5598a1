using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Tests.Stability;

public sealed class SpreadTests
{
    [Fact]
    public void Four_values_have_the_spread_that_a_hand_computes()
    {
        Spread spread = Spread.Of([1, 2, 3, 6]);

        Assert.Equal(3, spread.Mean);
        Assert.Equal(Math.Sqrt(12.5), spread.RootMeanSquare, 1e-15);
        Assert.Equal(Math.Sqrt(3.5) / 3, spread.CoefficientOfVariation, 1e-15);
        Assert.Equal(6, spread.DynamicRange);
    }

    [Fact]
    public void Equal_values_have_none()
    {
        Spread spread = Spread.Of([4, 4, 4]);

        Assert.Equal(new Spread(4, 4, 0, 1), spread);
    }

    [Fact]
    public void No_values_zeros_and_NaN_say_so()
    {
        Assert.True(double.IsNaN(Spread.Of([]).Mean));
        Assert.True(double.IsNaN(Spread.Of([0, 0]).CoefficientOfVariation));
        Assert.True(double.IsNaN(Spread.Of([1, double.NaN]).CoefficientOfVariation));
        Assert.Equal(double.PositiveInfinity, Spread.Of([0, 1]).DynamicRange);
    }

    [Fact]
    public void A_hidden_softmax_lies_between_uniform_and_one_hot_for_every_input()
    {
        var small = new SmallNetwork(HiddenActivation.Softmax, seed: 7, scale: 5);

        InputSpread spread = InputSpread.Measure<double>(small.Network, small.Inputs);

        Assert.InRange(spread.Hidden.Mean, 1 / Math.Sqrt(small.Options.Hidden), 1);
        Assert.InRange(spread.Hidden.DynamicRange, 1, Math.Sqrt(small.Options.Hidden));
    }

    [Fact]
    public void Inputs_that_are_the_same_have_no_spread()
    {
        var small = new SmallNetwork(HiddenActivation.Relu, seed: 8);
        for (int i = 1; i < small.Inputs.Rows; i++)
            small.Inputs.Row(0).CopyTo(small.Inputs.Row(i));

        InputSpread spread = InputSpread.Measure<double>(small.Network, small.Inputs);

        Assert.Equal(1, spread.Outputs.DynamicRange, 1e-12);
        Assert.Equal(1, spread.Gradients.DynamicRange, 1e-12);
    }
}
