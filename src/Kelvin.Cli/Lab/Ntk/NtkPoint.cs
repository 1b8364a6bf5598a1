using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>The kernels of networks of one activation and width, over seeds.</summary>
internal sealed record NtkPoint
{
    public required HiddenActivation Activation { get; init; }

    public required int Hidden { get; init; }

    public required Estimate Smallest { get; init; }

    public required Estimate Largest { get; init; }

    /// <summary>λ_max/λ_min, geometric mean.</summary>
    public required Estimate Condition { get; init; }

    /// <summary>(tr H)²/‖H‖_F².</summary>
    public required Estimate EffectiveRank { get; init; }

    /// <summary>⟨H, y yᵀ⟩/(‖H‖_F ‖y‖²).</summary>
    public required Estimate Alignment { get; init; }

    /// <summary>‖H − K‖_F/‖K‖_F, K the kernel of infinite width.</summary>
    public required Estimate Distance { get; init; }

    /// <summary>Root of the mean over seeds of ‖H − H̄‖_F², divided by ‖H̄‖_F, H̄ the mean kernel; corrected for its own error.</summary>
    public required double Fluctuation { get; init; }

    /// <summary>‖H_t − H_0‖_F/‖H_0‖_F after training.</summary>
    public required Estimate Drift { get; init; }

    /// <summary>The same in the operator norm.</summary>
    public required Estimate OperatorDrift { get; init; }

    /// <summary>λ_min after training over λ_min before.</summary>
    public required Estimate SmallestRatio { get; init; }

    /// <summary>λ_max after training over λ_max before.</summary>
    public required Estimate LargestRatio { get; init; }

    /// <summary>Loss at the end over loss at the start.</summary>
    public required Estimate LossLeft { get; init; }

    /// <summary>λ of the first seed, from the largest down.</summary>
    public required IReadOnlyList<double> Eigenvalues { get; init; }

    /// <summary>By eigenvector of the start, in the same order: rate after training over rate before.</summary>
    public required IReadOnlyList<double> RateRatios { get; init; }
}
