using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Certificates;

/// <summary>What is certified and then trained.</summary>
internal sealed record CertificatePlan
{
    public required string Data { get; init; }

    public required int Rows { get; init; }

    public required IReadOnlyList<HiddenActivation> Activations { get; init; }

    public required int Hidden { get; init; }

    public required double Temperature { get; init; }

    /// <summary>η as a multiple of 2/λ_max at the start.</summary>
    public required double Step { get; init; }

    /// <summary>K; null: as many as the kernel at the start needs for 3·10⁻⁴ of the loss, at most <see cref="MostSteps"/>.</summary>
    public int? Steps { get; init; }

    public required int MostSteps { get; init; }

    /// <summary>σ_ξ of the noise that is added to the targets.</summary>
    public required double LabelNoise { get; init; }

    public required int Seed { get; init; }
}
