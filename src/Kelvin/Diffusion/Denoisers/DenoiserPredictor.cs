using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>A trained denoiser at one of its noise levels, without classes.</summary>
/// <param name="network">Trained.</param>
/// <param name="level">The noise level; σ > 0.</param>
public sealed class DenoiserPredictor(DenoiserNetwork<double> network, NoiseLevel level) : INoisePredictor
{
    private readonly DenoiserScore<double> _score = new(network);

    /// <inheritdoc/>
    public NoiseLevel Level => level;

    /// <inheritdoc/>
    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        _score.Score(level, points, noise);
        for (int i = 0; i < noise.Rows; i++)
            Denoising.NoiseOfScore<double>(level, noise.Row(i), noise.Row(i));
    }
}
