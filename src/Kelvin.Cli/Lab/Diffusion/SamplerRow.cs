using Kelvin.Cli.Frame;
using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Samples of the ring from one score and one sampler.</summary>
/// <param name="Score">Where the score is from.</param>
/// <param name="Sampler">Which sampler.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Sliced">Sliced Wasserstein distance to true samples.</param>
/// <param name="Ratio">The same divided by that of the exact score, seed by seed.</param>
/// <param name="Energy">Energy distance to true samples.</param>
/// <param name="Discrepancy">Unbiased MMD² to true samples, bandwidth 0.5.</param>
/// <param name="Likelihood">Mean log-likelihood under the truth less that of true samples, in nats.</param>
internal sealed record SamplerRow(
    string Score, SamplerKind Sampler, int Steps, Estimate Sliced, Estimate Ratio, Estimate Energy, Estimate Discrepancy, Estimate Likelihood)
{
    /// <summary>The largest ratio that counts as good.</summary>
    public const double LargestRatio = 1.2;
}
