using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class TargetEntropyTests
{
    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.01)]
    [InlineData(1.0)]
    [InlineData(1.6)]
    [InlineData(1.6094)]
    public void The_softmax_at_the_temperature_found_has_the_entropy_asked_for(double target)
    {
        double[] z = [3, 1, -2, 0.5, 2.5];

        TargetEntropyFit fit = TargetEntropy.Find(z, target);

        Assert.Equal(TargetEntropyOutcome.Reached, fit.Outcome);
        Assert.Equal(target, TemperedSoftmax.Statistics(z, fit.Temperature).Entropy, 4e-16 * Math.Log(5) * 4);
    }
}
