using CsCheck;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["learning_rate", "batch_size", "epochs", "loss"];

    [Theory]
    [InlineData("learning-rate", "learning_rate")]
    [InlineData("lerning_rate", "learning_rate")]
    [InlineData("epoch", "epochs")]
    [InlineData("LOSS", "loss")]
    [InlineData("temperature", null)]
    public void A_slip_of_the_pen_is_understood_and_another_word_is_not(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Of(written, Names));

    [Fact]
    public void The_distance_is_a_metric_up_to_swaps() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 8], Gen.String[Gen.Char['a', 'd'], 0, 8]).Sample((a, b) =>
        {
            int distance = NearestName.Distance(a, b);
            return distance == NearestName.Distance(b, a)
                && (distance == 0) == (a == b)
                && distance >= Math.Abs(a.Length - b.Length)
                && distance <= Math.Max(a.Length, b.Length);
        });
}
