using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>The generator at one noise level, told the class of each row, in double.</summary>
internal sealed class GeneratorPredictor(DenoiserNetwork<float> network, int[] labels, NoiseLevel level) : INoisePredictor
{
    private readonly DenoiserScore<float> _score = new(network, labels);

    public NoiseLevel Level => level;

    public void Predict(ReadOnlyMatrixView<double> points, MatrixView<double> noise)
    {
        MatrixView<float> scores = MatrixView.Allocate<float>(points.Rows, points.Columns);
        _score.Score(level, DigitImages.Narrow(points), scores);
        for (int i = 0; i < noise.Rows; i++)
        {
            for (int j = 0; j < noise.Columns; j++)
                noise[i, j] = -level.Sigma * scores[i, j];
        }
    }
}
