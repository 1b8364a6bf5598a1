using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Tests.Tangents;

public sealed class KernelRegimeTests(ITestOutputHelper output)
{
    private const int FirstSeed = 10_000;   // the check was designed on seeds below 200

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(HiddenActivation.Softmax)]
    [InlineData(HiddenActivation.Exp)]
    [InlineData(HiddenActivation.Relu)]
    public void Where_it_says_yes_training_is_predicted_and_it_says_yes_where_it_can(HiddenActivation activation)
    {
        const int Problems = 100;
        int saysYes = 0;
        int predictable = 0;
        int both = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Problems; seed++)
        {
            var problem = new RegimeProblem(activation, seed);
            bool isYes = KernelRegime.Check(problem.Network, problem.Set, problem.Path, RegimeProblem.Tolerance).IsInRegime;
            bool isTrue = problem.IsPredictable;
            saysYes += isYes ? 1 : 0;
            predictable += isTrue ? 1 : 0;
            both += isYes && isTrue ? 1 : 0;
        }

        output.WriteLine($"{activation}: {predictable} of {Problems} are predicted, it says yes to {saysYes}, rightly to {both}.");
        Assert.InRange(predictable, 0.25 * Problems, 0.75 * Problems);
        Assert.True(both >= 0.95 * saysYes, $"{both} of the {saysYes} that it says yes to are predicted.");
        Assert.True(both >= 0.8 * predictable, $"It says yes to {both} of {predictable} that are predicted.");
    }
}
