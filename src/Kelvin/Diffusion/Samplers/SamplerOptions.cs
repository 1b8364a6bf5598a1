namespace Kelvin.Diffusion;

/// <summary>Which sampler and its constants.</summary>
public sealed record SamplerOptions
{
    /// <summary>How a step is made; Heun's method on the probability flow unless said otherwise.</summary>
    public SamplerKind Kind { get; init; }

    /// <summary>η of DDIM, from 0 (deterministic, the default) to 1 (ancestral).</summary>
    public double Eta { get; init; }

    /// <summary>Langevin steps after each predictor step, ≥ 0; one unless said otherwise.</summary>
    public int Corrections { get; init; } = 1;

    /// <summary>
    /// r > 0, size of a Langevin step: δ = 2 r² σ². The customary rule takes 2(r‖z‖/‖ŝ‖)² from the batch; with ‖z‖/‖ŝ‖ put at σ, its typical
    /// size, points do not depend on one another.
    /// </summary>
    public double CorrectorSize { get; init; } = 0.16;

    /// <summary>Whether the fresh noise is left out of the last step of a stochastic sampler, so that its samples are means; true as is customary.</summary>
    public bool IsLastStepMean { get; init; } = true;

    internal void Check()
    {
        Require.That(Enum.IsDefined(Kind), $"Kind is {Kind}, but must be a sampler that exists, such as Heun.", nameof(Kind));
        Require.Between(Eta, 0, 1);
        Require.That(Corrections >= 0, $"Corrections is {Corrections}, but must be at least 0.", nameof(Corrections));
        Require.Positive(CorrectorSize);
    }
}
