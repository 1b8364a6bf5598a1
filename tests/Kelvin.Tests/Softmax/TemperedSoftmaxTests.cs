using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

public sealed class TemperedSoftmaxTests
{
    [Fact]
    public void Logits_of_a_thousand_do_not_overflow()
    {
        float[] p = new float[2];

        SoftmaxStatistics row = TemperedSoftmax.Forward([1000, 999], temperature: 1, p);

        Assert.Equal(0.7310586f, p[0], tolerance: 1e-6f);
        Assert.Equal(1000.3132617, row.LogSumExp, tolerance: 1e-4);
    }

    [Fact]
    public void Three_to_one_odds_have_the_entropy_of_a_biased_coin()
    {
        double[] p = new double[2];

        SoftmaxStatistics row = TemperedSoftmax.Forward([Math.Log(3), 0], temperature: 1, p);

        Assert.Equal(0.75, p[0], tolerance: 1e-15);
        Assert.Equal((0.75 * Math.Log(4.0 / 3)) + (0.25 * Math.Log(4)), row.Entropy, tolerance: 1e-15);
        Assert.Equal(0.5, row.MarginProbability, tolerance: 1e-15);
        Assert.Equal(0.625, row.SumSquares, tolerance: 1e-15);
    }

    [Fact]
    public void Cross_entropy_has_the_gradient_p_minus_the_label()
    {
        double[] gradient = new double[2];

        double loss = TemperedSoftmax.CrossEntropy([Math.Log(3), 0], label: 1, temperature: 1, gradient);

        Assert.Equal(Math.Log(4), loss, tolerance: 1e-15);
        Assert.Equal(0.75, gradient[0], tolerance: 1e-15);
        Assert.Equal(-0.75, gradient[1], tolerance: 1e-15);
    }
}
