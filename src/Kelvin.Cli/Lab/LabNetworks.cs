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

    /// <summary>The same with the infinite-width kernels matched at x = y: exp's outputs times e^{−σ²/2T²}, ReLU's times √2 e^{σ²/2T²}, with σ = 1.</summary>
    /// <remarks>On the unit sphere softmax and exp then have the same kernel, and ReLU one with the same diagonal (theory section 3).</remarks>
    public static NetworkOptions Matched(LabData data, HiddenActivation activation, int hidden, double temperature = 1)
    {
        double half = Math.Exp(0.5 / (temperature * temperature));
        return Theory(data, activation, hidden, temperature) with
        {
            OutputInitialScale = activation switch
            {
                HiddenActivation.Exp => 1 / half,
                HiddenActivation.Relu => Math.Sqrt(2) * half,
                _ => 1,
            },
        };
    }

    /// <summary>A network whose hidden weights are drawn by one seed and whose output signs by another.</summary>
    public static TwoLayerNetwork<float> Create(NetworkOptions options, int seed, int outputSeed)
    {
        TwoLayerNetwork<float> network = TwoLayerNetwork.Create<float>(options, seed);
        TwoLayerNetwork.Create<float>(options, outputSeed).OutputWeights.CopyTo(network.OutputWeights);
        return network;
    }
}
