using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>The exact score of a Gaussian mixture, as a sampler asks for it. For one caller at a time.</summary>
/// <param name="mixture">p₀.</param>
public sealed class MixtureScore(GaussianMixture mixture) : IScoreModel<double>
{
    private DiffusedMixture? _latest;

    /// <inheritdoc/>
    public int Dimensions => mixture.Dimensions;

    /// <summary>True: p₀ has a density unless a covariance is singular, and then asking for it at σ = 0 throws.</summary>
    public bool IsDefinedWithoutNoise => true;

    /// <inheritdoc/>
    public void Score(in NoiseLevel level, ReadOnlyMatrixView<double> points, MatrixView<double> scores)
    {
        if (_latest is null || _latest.Level != level)
            _latest = mixture.At(level);
        _latest.Score(points, scores);
    }
}
