using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>A predictor whose noise is never longer than a radius: what is longer is shortened to it.</summary>
/// <param name="inner">What it shortens.</param>
/// <param name="radius">C > 0. √d + 3 is seldom exceeded by true noise of d coordinates.</param>
/// <remarks>A bound on the mean of an error needs the error bounded, or else one huge error in a place seldom seen could be missed.</remarks>
public sealed class ClippedPredictor(INoisePredictor inner, double radius) : INoisePredictor
{
    /// <inheritdoc/>
    public NoiseLevel Level => inner.Level;

    /// <summary>C.</summary>
    public double Radius { get; } = radius > 0 ? radius : throw new ArgumentOutOfRangeException(nameof(radius), radius, "radius must be greater than 0.");

    /// <inheritdoc/>
    /// <remarks>A prediction that is NaN or infinite becomes 0.</remarks>
    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        inner.Predict(points, noise);
        for (int i = 0; i < noise.Rows; i++)
        {
            Span<double> row = noise.Row(i);
            double length = TensorPrimitives.Norm<double>(row);
            if (!double.IsFinite(length))
                row.Clear();
            else if (length > Radius)
                TensorPrimitives.Multiply(row, Radius / length, row);
        }
    }
}
