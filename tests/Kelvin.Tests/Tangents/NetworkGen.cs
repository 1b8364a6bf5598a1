using CsCheck;
using Kelvin.Networks;

namespace Kelvin.Tests.Tangents;

/// <summary>Draws the shapes and scalings of small networks.</summary>
internal static class NetworkGen
{
    public static Gen<NetworkOptions> Options { get; } =
        Gen.Select(
            Gen.Int[1, 5], Gen.Int[1, 12], Gen.Int[1, 3], Gen.Enum<HiddenActivation>(), Gen.Enum<Parametrisation>(), Gen.Select(Gen.Bool, Gen.Bool), Gen.Double[0.5, 2],
            (d, m, outputs, activation, parametrisation, trained, temperature) => new NetworkOptions
            {
                Inputs = d,
                Hidden = m,
                Outputs = outputs,
                Activation = activation,
                Parametrisation = parametrisation,
                Temperature = temperature,
                TrainOutputWeights = trained.Item1,
                UseBias = trained.Item2,
            });
}
