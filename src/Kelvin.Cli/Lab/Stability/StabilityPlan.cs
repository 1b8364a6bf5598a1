using Kelvin.Networks;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>All that a stability map depends on; the first line of its journal.</summary>
internal sealed record StabilityPlan
{
    /// <summary>Grows when results of an older version can no longer be taken over.</summary>
    public int Version { get; init; } = 1;

    public required string Data { get; init; }

    /// <summary>Checksum of the examples trained on.</summary>
    public required string Examples { get; init; }

    public required HiddenActivation Activation { get; init; }

    public required IReadOnlyList<double> Temperatures { get; init; }

    /// <summary>Steps, in multiples of 2/λ_max at the start of each column.</summary>
    public required IReadOnlyList<double> Multiples { get; init; }

    public required IReadOnlyList<int> Widths { get; init; }

    public required int Rows { get; init; }

    public required int MaxSteps { get; init; }

    /// <summary>The seed of the map; those that follow it are bisected as well.</summary>
    public required int Seed { get; init; }

    public required int BisectedSeeds { get; init; }

    /// <summary>Hidden units of the networks whose sharpness and mechanisms are measured.</summary>
    public int SharpnessHidden { get; init; } = 128;

    /// <summary>How often the sharpness is measured along a run.</summary>
    public required int SharpnessProbes { get; init; }

    /// <summary>How steps are tried.</summary>
    public StepTrialOptions Trials() => new() { Descent = new DescentOptions { MaxSteps = MaxSteps, TargetShare = 0.2 } };

    /// <summary>The network of a column: the theory's model, with outputs 0 at the start.</summary>
    public NetworkOptions Network(LabData data, double temperature, int hidden) => LabNetworks.Theory(data, Activation, hidden, temperature);

    /// <summary>Points at equal ratios from the first to the last.</summary>
    public static double[] Logarithmic(double first, double last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => count == 1 ? first : Math.Exp(Math.Log(first) + (Math.Log(last / first) * i / (count - 1))))];
}
