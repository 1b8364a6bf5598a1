using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>What was learnt at one noise level: it predicts the noise E[ε | x_t] in a point.</summary>
public interface INoisePredictor
{
    /// <summary>The noise level that it was learnt at.</summary>
    NoiseLevel Level { get; }

    /// <summary>ε̂ of n points.</summary>
    /// <param name="points">x_t, shape n × d.</param>
    /// <param name="noise">ε̂, shape n × d.</param>
    void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise);
}
