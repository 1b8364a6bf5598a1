using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>A score that was learnt at each time of a sampler's grid by itself.</summary>
/// <remarks>ŝ = −ε̂/σ. For one caller at a time.</remarks>
public sealed class PredictorScore : IScoreModel<double>
{
    private readonly Dictionary<double, INoisePredictor> _predictors;

    /// <summary>Gathers predictors, one for each time.</summary>
    /// <param name="dimensions">d ≥ 1.</param>
    /// <param name="predictors">At least one, at different times, all with noise.</param>
    /// <exception cref="ArgumentException">There is none, or two are of one time.</exception>
    public PredictorScore(int dimensions, IEnumerable<INoisePredictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        Require.Positive(dimensions);
        Dimensions = dimensions;
        _predictors = predictors.ToDictionary(predictor => predictor.Level.Time);
        Require.That(_predictors.Count > 0, "There is no predictor.", nameof(predictors));
    }

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <summary>False: nothing can be learnt of noise where there is none.</summary>
    public bool IsDefinedWithoutNoise => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No predictor was learnt at this time.</exception>
    public void Score(in NoiseLevel level, ReadOnlyMatrixView<double> points, MatrixView<double> scores)
    {
        if (!_predictors.TryGetValue(level.Time, out INoisePredictor? predictor))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Nothing was learnt at time {level.Time}; let the sampler step through the times of the predictors."),
                nameof(level));
        }

        predictor.Predict(points, scores);
        double sigma = level.Sigma;
        for (int i = 0; i < scores.Rows; i++)
            LinearCombination.Of<double>(-1 / sigma, scores.Row(i), 0, scores.Row(i), scores.Row(i));
    }
}
