using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>The kernel of infinite width.</summary>
internal sealed record NtkLimit
{
    public required HiddenActivation Activation { get; init; }

    public required double Smallest { get; init; }

    public required double Largest { get; init; }

    public required double EffectiveRank { get; init; }

    public required double Alignment { get; init; }

    /// <summary>Why no practical width comes near it, or null.</summary>
    public required string? Warning { get; init; }

    /// <summary>λ from the largest down.</summary>
    public required IReadOnlyList<double> Eigenvalues { get; init; }
}
