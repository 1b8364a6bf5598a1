using CsCheck;
using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

public sealed class GradientTests
{
    private const int Shapes = 250;

    private static readonly Gen<(NetworkOptions Network, LossOptions Loss, int Rows, bool HasTargets, int Seed)> Case =
        from sizes in Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[1, 4])
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from temperature in Gen.Double[0.5, 2]
        from smoothing in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.5])
        from seed in Gen.Int[0, int.MaxValue]
        let isSquared = flags.Item4 || sizes.Item4 == 1
        select (
            new NetworkOptions
            {
                Inputs = sizes.Item2,
                Hidden = 2 * sizes.Item3,
                Outputs = sizes.Item4,
                Temperature = temperature,
                TrainOutputWeights = flags.Item1,
                UseBias = flags.Item2,
                InitialScale = 0.7,
            },
            new LossOptions
            {
                Kind = isSquared ? LossKind.Squared : LossKind.CrossEntropy,
                Reduction = flags.Item3 ? LossReduction.Sum : LossReduction.Mean,
                LabelSmoothing = isSquared ? 0 : smoothing,
            },
            sizes.Item1,
            isSquared && flags.Item5,
            seed);

    public static TheoryData<HiddenActivation, Parametrisation> Networks => new MatrixTheoryData<HiddenActivation, Parametrisation>(
        Enum.GetValues<HiddenActivation>(), Enum.GetValues<Parametrisation>());

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradient_agrees_with_central_differences(HiddenActivation activation, Parametrisation parametrisation)
    {
        double worst = 0;
        Case.Sample(
            c =>
            {
                NetworkOptions options = c.Network with { Activation = activation, Parametrisation = parametrisation };
                double error = new GradientCase(options, c.Loss, c.Rows, c.HasTargets, c.Seed).RelativeError();
                worst = Math.Max(worst, error);
                return error <= 1e-7;
            },
            iter: Shapes,
            threads: 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"worst relative error {worst:E2} over {Shapes} shapes");
    }
}
