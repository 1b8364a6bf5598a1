using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>A network that may well get stuck: few units, and a start or a temperature that saturates them.</summary>
/// <remarks>The standard parametrisation, everything trained, with biases: as people train. In 64 dimensions its pre-activations start with
/// standard deviation σ/(8 T) (√2 times that for ReLU).</remarks>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Hidden">m.</param>
/// <param name="Temperature">T.</param>
/// <param name="InitialScale">σ.</param>
internal sealed record HardSetting(string Name, int Hidden, double Temperature, double InitialScale)
{
    /// <summary>From a narrow network to those that start saturated.</summary>
    public static IReadOnlyList<HardSetting> All { get; } =
    [
        new("2 units", 2, 1, 1),
        new("4 units, T = 0.02", 4, 0.02, 1),
        new("4 units, σ = 50", 4, 1, 50),
        new("16 units, σ = 50", 16, 1, 50),
    ];

    /// <summary>The network for some data.</summary>
    public NetworkOptions Network(LabData data, HiddenActivation activation) => new()
    {
        Inputs = data.Features,
        Hidden = Hidden,
        Outputs = data.Classes,
        Activation = activation,
        Temperature = Temperature,
        InitialScale = InitialScale,
    };
}
