using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Statistics;

namespace Kelvin.Diffusion;

/// <summary>A bound on a score error that holds with a given probability, beside what was measured.</summary>
/// <param name="Level">1 − α.</param>
/// <param name="Draws">Independent draws it rests on.</param>
/// <param name="Measured">The mean of the draws.</param>
/// <param name="Bound">With probability at least 1 − α not below the true mean.</param>
/// <param name="LeftOut">The share of the bound that makes up for truncating huge errors; exact, not estimated.</param>
public readonly record struct ScoreBound(double Level, int Draws, double Measured, double Bound, double LeftOut)
{
    /// <summary>Bound/Measured.</summary>
    public double Ratio => Bound / Measured;

    /// <summary>Bounds E‖ε̂ − E[ε | x]‖² for a mixture, whose E[ε | x] is known: the score error in units of noise.</summary>
    /// <param name="predictor">What was learnt, its predictions clipped.</param>
    /// <param name="fresh">Draws it was not fitted or chosen on, with clean labels.</param>
    /// <param name="level">1 − α, between 0 and 1.</param>
    /// <remarks>
    /// <para>‖ε̂ − ε‖² − ‖E[ε | x] − ε‖² has the same mean; given x its mean is ‖ε̂ − E[ε | x]‖² exactly, so that this is what is averaged:
    /// nothing but x is left to chance. Errors are truncated at (C + r)², and what that leaves out is bounded exactly and added.</para>
    /// <para>Holds for every predictor, sample size and mixture. Divide by σ² for the score's own unit.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The draws have no clean labels, or the level is not between 0 and 1.</exception>
    public static ScoreBound OfScore(ClippedPredictor predictor, NoisySample fresh, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        Require.That(fresh.CleanLabels.Rows == fresh.Rows, "The draws have no clean labels, which only a known law has.", nameof(fresh));
        return OfErrors(predictor, fresh, fresh.CleanLabels, drawsPerExample: 1, level);
    }

    /// <summary>Bounds the denoising risk E‖ε̂ − ε‖² on data: score error plus what no model can know, the noise's own spread given x.</summary>
    /// <param name="predictor">What was learnt, its predictions clipped.</param>
    /// <param name="heldOut">Examples it was not fitted or chosen on, each repeated in a run of rows with noise of its own.</param>
    /// <param name="drawsPerExample">Rows an example takes, ≥ 1; their errors are averaged, as only examples are independent.</param>
    /// <param name="level">1 − α, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The rows are no multiple of the draws, or the level is not between 0 and 1.</exception>
    public static ScoreBound OfRisk(ClippedPredictor predictor, NoisySample heldOut, int drawsPerExample = 1, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        return OfErrors(predictor, heldOut, heldOut.NoisyLabels, drawsPerExample, level);
    }

    /// <summary>
    /// Bounds how much larger a predictor's denoising risk is than a reference's, which is exactly how much larger its score error is: what no
    /// model can know is in both and cancels. Below 0, the predictor is proven to be nearer to the true score than the reference.
    /// </summary>
    /// <param name="predictor">What was learnt, its predictions clipped.</param>
    /// <param name="reference">What it is held against, clipped at the same radius.</param>
    /// <param name="heldOut">Examples that neither was fitted or chosen on, each repeated in a run of rows with noise of its own.</param>
    /// <param name="drawsPerExample">Rows an example takes, ≥ 1.</param>
    /// <param name="level">1 − α; for the best of J references ask each at 1 − α/J and take the largest bound.</param>
    /// <exception cref="ArgumentException">The rows are no multiple of the draws, or the level is not between 0 and 1.</exception>
    public static ScoreBound OfExcess(
        ClippedPredictor predictor, ClippedPredictor reference, NoisySample heldOut, int drawsPerExample = 1, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(heldOut);
        Require.Level(level);
        double radius = Math.Max(predictor.Radius, reference.Radius);
        double range = Range(heldOut, radius, drawsPerExample, level, out double leftOut);
        double[] ours = Errors(predictor, heldOut, heldOut.NoisyLabels, drawsPerExample, range);
        double[] theirs = Errors(reference, heldOut, heldOut.NoisyLabels, drawsPerExample, range);
        TensorPrimitives.Subtract(ours, theirs, ours);
        return new ScoreBound(level, ours.Length, TensorPrimitives.Average<double>(ours), MeanBound.Upper(ours, -range, range, level) + leftOut, leftOut);
    }

    private static ScoreBound OfErrors(
        ClippedPredictor predictor, NoisySample draws, ReadOnlyMatrixView<double> labels, int drawsPerExample, double level)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        Require.Level(level);
        double range = Range(draws, predictor.Radius, drawsPerExample, level, out double leftOut);
        double[] errors = Errors(predictor, draws, labels, drawsPerExample, range);
        return new ScoreBound(
            level, errors.Length, TensorPrimitives.Average<double>(errors), MeanBound.Upper(errors, 0, range, level) + leftOut, leftOut);
    }

    private static double Range(NoisySample draws, double radius, int drawsPerExample, double level, out double leftOut)
    {
        Require.Positive(drawsPerExample);
        Require.That(
            draws.Rows > 0 && draws.Rows % drawsPerExample == 0, "The rows must be a multiple of the draws for each example.", nameof(drawsPerExample));
        double cut = NoiseTail.BestCut(draws.Points.Columns, radius, draws.Rows / drawsPerExample, level);
        leftOut = NoiseTail.Excess(draws.Points.Columns, radius, cut);
        return (radius + cut) * (radius + cut);
    }

    /// <summary>The mean error of each example, every draw's truncated at the range.</summary>
    private static double[] Errors(
        ClippedPredictor predictor, NoisySample draws, ReadOnlyMatrixView<double> labels, int drawsPerExample, double range)
    {
        MatrixView<double> predicted = MatrixView.Allocate<double>(draws.Rows, draws.Points.Columns);
        predictor.Predict(draws.Points, predicted);
        double[] errors = new double[draws.Rows / drawsPerExample];
        for (int i = 0; i < draws.Rows; i++)
        {
            double distance = TensorPrimitives.Distance(predicted.Row(i), labels.Row(i));
            errors[i / drawsPerExample] += Math.Min(distance * distance, range) / drawsPerExample;
        }

        return errors;
    }
}
