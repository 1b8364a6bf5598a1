using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>Something that knows, or has learnt, the score ∇ log p_t of noisy data.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IScoreModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>d, the number of coordinates of a point.</summary>
    int Dimensions { get; }

    /// <summary>Whether the score can be asked for where there is no noise (σ = 0).</summary>
    bool IsDefinedWithoutNoise { get; }

    /// <summary>Computes the scores of a batch of points.</summary>
    /// <param name="level">The noise that is in them.</param>
    /// <param name="points">x_t, shape n × d.</param>
    /// <param name="scores">ŝ, shape n × d; must not lie on the points.</param>
    void Score(in NoiseLevel level, ReadOnlyMatrixView<T> points, MatrixView<T> scores);
}
