using Kelvin.Cli.Demo;

namespace Kelvin.Cli.Tests.Demo;

public sealed class DemoWordsTests
{
    [Theory]
    [InlineData(0.0166, "1.7")]
    [InlineData(-0.0021, "−0.2")]
    [InlineData(0, "0.0")]
    [InlineData(0.00028, "0.028")]
    [InlineData(-0.0004, "−0.04")]
    [InlineData(-0.000001, "0.0")]
    public void A_difference_near_zero_keeps_its_side(double share, string points) => Assert.Equal(points, DemoWords.Points(share));
}
