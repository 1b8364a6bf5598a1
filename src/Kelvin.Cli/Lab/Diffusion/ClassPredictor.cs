using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>A predictor for each class, and rows whose class is known.</summary>
/// <param name="byClass">One for each class, all of one level.</param>
/// <param name="labels">The class of each row that will be asked about.</param>
internal sealed class ClassPredictor(IReadOnlyList<INoisePredictor> byClass, int[] labels) : INoisePredictor
{
    public NoiseLevel Level => byClass[0].Level;

    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        for (int i = 0; i < points.Rows; i++)
            byClass[labels[i]].Predict(points.RowRange(i, 1), noise.RowRange(i, 1));
    }
}
