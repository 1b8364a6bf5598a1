using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>What the diffusion experiment found.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="Curves">Score error by learner, time and kind of label; empty without the mixture.</param>
/// <param name="Samplers">Samples of the ring; empty without the mixture.</param>
/// <param name="Bounds">Bounds on score errors of the ring; empty without the mixture.</param>
/// <param name="Digits">The generator, or null.</param>
internal sealed record DiffusionResult(
    DiffusionPlan Plan, IReadOnlyList<LearnerCurve> Curves, IReadOnlyList<SamplerRow> Samplers, IReadOnlyList<BoundRow> Bounds, DigitsResult? Digits)
{
    /// <summary>Curves of sound learners.</summary>
    public IEnumerable<LearnerCurve> Sound => Curves.Where(curve => curve.IsSound);

    /// <summary>The network's samples by the samplers that the claim is about.</summary>
    public IEnumerable<SamplerRow> Claimed => Samplers.Where(row =>
        row is { Score: SamplerRuns.Network, Sampler: SamplerKind.Heun or SamplerKind.Ancestral });
}
