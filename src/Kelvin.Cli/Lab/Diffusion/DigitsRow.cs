using Kelvin.Diffusion;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The quality of conditional samples of digits.</summary>
/// <param name="Sampler">Which sampler.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Guidance">Classifier-free guidance; 1 is none.</param>
/// <param name="Accuracy">Share that the independent classifier puts into the class asked for.</param>
/// <param name="FrechetRatio">Fréchet distance to half of the real images (mean of both halves), divided by that between the halves.</param>
/// <param name="TestFrechetRatio">Fréchet distance to test images, divided by that of the training images.</param>
/// <param name="Near">Share of samples nearer to a training image than the nearest 5, 25 and 50 % of real test images are.</param>
internal sealed record DigitsRow(
    SamplerKind Sampler, int Steps, double Guidance, double Accuracy, double FrechetRatio, double TestFrechetRatio, IReadOnlyList<double> Near)
{
    /// <summary>The shares of real test images that are compared with.</summary>
    public static IReadOnlyList<double> RealShares { get; } = [0.05, 0.25, 0.5];

    /// <summary>Whether it is recognised, close to the real law and no copy.</summary>
    public bool IsGood => Accuracy >= 0.9 && FrechetRatio <= 2 && Near.Zip(RealShares, (near, real) => near <= real + 0.05).All(isFar => isFar);
}
