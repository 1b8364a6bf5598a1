using Kelvin.Networks;

namespace Kelvin.Cli.Lab;

/// <summary>The networks that experiments train.</summary>
internal static class LabNetworks
{
    /// <summary>The activations that are compared, in the order in which they are told.</summary>
    public static IReadOnlyList<HiddenActivation> Activations { get; } = [HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu];

    /// <summary>The theory's model in NTK scaling: hidden weights trained, output weights ±1 and fixed, no biases, outputs 0 at the start.</summary>
    public static NetworkOptions Theory(LabData data, HiddenActivation activation, int hidden, double temperature = 1) => new()
    {
        Inputs = data.Features,
        Hidden = hidden,
        Outputs = data.Classes,
        Activation = activation,
        Parametrisation = Parametrisation.Ntk,
        TrainOutputWeights = false,
        UseBias = false,
        SymmetricStart = true,
        Temperature = temperature,
    };
}
