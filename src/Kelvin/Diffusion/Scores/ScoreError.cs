using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>How far a learnt score is from the exact one on fresh points.</summary>
public static class ScoreError
{
    /// <summary>E‖ŝ − s‖²/E‖s‖² = Σ‖ε̂ − E[ε | x]‖²/Σ‖E[ε | x]‖² over fresh points: 0 is exact, 1 is as good as saying 0.</summary>
    /// <param name="predictor">What was learnt.</param>
    /// <param name="fresh">Points it has not seen, with clean labels.</param>
    /// <returns>NaN where a prediction is.</returns>
    /// <exception cref="ArgumentException">The points have no clean labels.</exception>
    public static double Relative(INoisePredictor predictor, NoisySample fresh)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(fresh);
        Require.That(fresh.CleanLabels.Rows == fresh.Rows, "The points have no clean labels, which only a known law has.", nameof(fresh));
        MatrixView<double> predicted = MatrixView.Allocate<double>(fresh.Rows, fresh.Points.Columns);
        predictor.Predict(fresh.Points, predicted);
        double error = 0;
        double size = 0;
        for (int i = 0; i < fresh.Rows; i++)
        {
            double distance = TensorPrimitives.Distance(predicted.Row(i), fresh.CleanLabels.Row(i));
            error += distance * distance;
            size += TensorPrimitives.SumOfSquares(fresh.CleanLabels.Row(i));
        }

        return error / size;
    }
}
