using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>Chooses the guidance on images that neither the generator nor the test has: those of the classifier.</summary>
/// <remarks>Guidance makes digits easier to recognise and draws them towards the training images. So the strongest is taken whose samples lie, at each
/// of the shares of <see cref="DigitsRow.RealShares"/>, farther from the training images than the classifier's images do, by a standard error of that
/// comparison; none (1) if even that is nearer.</remarks>
internal sealed class GuidanceChoice
{
    private readonly DigitImages _images;
    private readonly double[] _realDistances;

    public GuidanceChoice(DigitImages images)
    {
        _images = images;
        _realDistances = NearestNeighbour.Distances(images.Classifier.Features, images.Generator.Features);
    }

    /// <summary>The guidances among which it chooses, ascending.</summary>
    public static IReadOnlyList<double> Candidates { get; } = [1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.5];

    /// <summary>The strongest of those that, like all weaker ones, do not come too near.</summary>
    /// <param name="sample">Draws the samples of a guidance; not asked about any after the first that comes too near.</param>
    public double Of(Func<double, MatrixView<double>> sample) =>
        Candidates.TakeWhile(guidance => IsFarEnough(sample(guidance))).LastOrDefault(Candidates[0]);

    private bool IsFarEnough(MatrixView<double> pixels)
    {
        double[] near = NearestNeighbour.Distances(pixels, _images.Generator.Features);
        return DigitsRow.RealShares.All(share => NearestNeighbour.ShareNearer(near, _realDistances, share)
            <= share - Math.Sqrt(share * (1 - share) * ((1.0 / near.Length) + (1.0 / _realDistances.Length))));
    }
}
