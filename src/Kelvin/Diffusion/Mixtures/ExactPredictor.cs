using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>The exact E[ε | x] of a Gaussian mixture: the truth for a mixture, a reference for data that a mixture was fitted to.</summary>
/// <param name="mixture">p₀.</param>
/// <param name="level">The noise level.</param>
public sealed class ExactPredictor(GaussianMixture mixture, NoiseLevel level) : INoisePredictor
{
    private readonly DiffusedMixture _noisy = mixture.At(level);

    /// <inheritdoc/>
    public NoiseLevel Level => level;

    /// <inheritdoc/>
    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise) => _noisy.Noise(points, noise);
}
