using Kelvin.Statistics;

namespace Kelvin.Temperatures;

/// <summary>Sets confidence against accuracy for the rows of one bin.</summary>
/// <param name="Low">Lower edge of the bin (rows lie above it), or the smallest confidence in an adaptive bin; NaN in an empty adaptive bin.</param>
/// <param name="High">Upper edge of the bin (rows may lie on it), or the largest confidence in an adaptive bin; NaN in an empty adaptive bin.</param>
/// <param name="Count">Number of rows in the bin.</param>
/// <param name="MeanConfidence">Mean of the largest probability; NaN in an empty bin.</param>
/// <param name="Accuracy">Share of rows whose prediction is the label; NaN in an empty bin.</param>
public readonly record struct ReliabilityBin(double Low, double High, int Count, double MeanConfidence, double Accuracy)
{
    /// <summary>MeanConfidence − Accuracy: positive where the model claims too much; NaN in an empty bin.</summary>
    public double Gap => MeanConfidence - Accuracy;

    /// <summary>Covers the accuracy that the bin would have on endlessly many rows (Wilson's interval).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public Interval AccuracyInterval(double level = 0.95) =>
        ProportionInterval.Wilson(Count == 0 ? 0 : (long)Math.Round(Accuracy * Count), Count, level);
}
