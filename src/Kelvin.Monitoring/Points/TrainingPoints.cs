using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Monitoring;

/// <summary>Writes what a training step measured as points of the canonical series.</summary>
/// <remarks>
/// <para>What a network does not have is left out, never written as NaN: no softmax series without softmax rows, no dead share for softmax
/// and exp units, no update ratio when no update was made or all weights were 0. What it has and is NaN is written as NaN.</para>
/// <para>The hidden layer is layer 0. Order within a step: loss, optimiser, hidden layer, output. Nothing on the heap.</para>
/// </remarks>
public static class TrainingPoints
{
    /// <summary>The most points that one step or validation becomes.</summary>
    public const int MaxPoints = 24;

    /// <summary>‖Δw‖ may exceed η‖g‖ by this share and still count as plain gradient descent, clipped or not.</summary>
    private const double PlainDescent = 1.02;

    /// <summary>Writes a step.</summary>
    /// <param name="step">What the step measured.</param>
    /// <param name="points">Room for <see cref="MaxPoints"/>.</param>
    /// <param name="lossScale">
    /// The loss whose gradient was measured, divided by the mean loss: 1 for a mean over the batch, the batch's rows for a sum. Null if unknown: then the
    /// promised decrease is left out.
    /// </param>
    /// <returns>How many points were written.</returns>
    public static int Write(in TrainingStep step, Span<Point> points, double? lossScale = null)
    {
        RequireRoom(points);
        long t = step.Step;
        int count = 0;
        points[count++] = new(Vitals.TrainLoss, t, step.Loss);
        points[count++] = new(Vitals.LearningRate, t, step.LearningRate);
        points[count++] = new(Vitals.GradientNorm, t, step.GradientNorm);
        points[count++] = new(Vitals.GradientNonFinite, t, step.NonFinite);
        points[count++] = new(Vitals.WeightNorm, t, step.WeightNorm);
        if (!double.IsNaN(step.UpdateRatio) && step.WeightNorm != 0)
            points[count++] = new(Vitals.UpdateRatio, t, step.UpdateRatio);
        if (lossScale is { } scale && PromisedDecrease(step, scale) is var promised && double.IsFinite(promised))
            points[count++] = new(Vitals.PromisedDecrease, t, promised);
        if (!double.IsNaN(step.DeadShare))
            points[count++] = new(new Series(Vitals.DeadShare, Layer: 0), t, step.DeadShare);
        if (step.Hidden.Rows > 0)
            count += WriteHidden(step.Hidden, t, points[count..]);
        if (step.Output.Rows > 0)
            count += WriteOutput(step.Output, t, points[count..]);
        return count;
    }

    /// <summary>Writes a validation.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="points">Room for <see cref="MaxPoints"/>.</param>
    /// <returns>How many points were written.</returns>
    public static int Write(in ValidationResult result, Span<Point> points)
    {
        RequireRoom(points);
        int count = 0;
        points[count++] = new(Vitals.EvalLoss, result.Step, result.Loss);
        if (!double.IsNaN(result.Accuracy))
            points[count++] = new(Vitals.EvalAccuracy, result.Step, result.Accuracy);
        return count;
    }

    /// <summary>‖g‖‖Δw‖/L; NaN unless the update is η‖g‖ long, or shorter because it was clipped: only then is it along −g.</summary>
    private static double PromisedDecrease(in TrainingStep step, double lossScale)
    {
        double update = step.UpdateRatio * step.WeightNorm;
        double loss = step.Loss * lossScale;
        return loss > 0 && update <= PlainDescent * step.LearningRate * step.GradientNorm
            ? step.GradientNorm * update / loss
            : double.NaN;
    }

    private static int WriteHidden(in SoftmaxSummary hidden, long t, Span<Point> points)
    {
        int count = 0;
        points[count++] = new(new Series(Vitals.LogitMax, Layer: 0), t, hidden.MaxLogit);
        points[count++] = new(new Series(Vitals.LogSumExp, Layer: 0), t, hidden.LogSumExp);
        points[count++] = new(new Series(Vitals.Entropy, Layer: 0), t, hidden.Entropy);
        points[count++] = new(new Series(Vitals.NormalizedEntropy, Layer: 0), t, hidden.NormalizedEntropy);
        points[count++] = new(new Series(Vitals.MaxProbability, Layer: 0), t, hidden.MaxProbability);
        points[count++] = new(new Series(Vitals.Margin, Layer: 0), t, hidden.Margin);
        points[count++] = new(new Series(Vitals.EffectiveSupport, Layer: 0), t, hidden.EffectiveNumber);
        points[count++] = new(new Series(Vitals.Participation, Layer: 0), t, hidden.Participation);
        points[count++] = new(new Series(Vitals.SaturatedShare, Layer: 0), t, hidden.SaturatedShare);
        return count;
    }

    internal static int WriteOutput(in SoftmaxSummary output, long t, Span<Point> points)
    {
        int count = 0;
        points[count++] = new(Vitals.OutputLogitMax, t, output.MaxLogit);
        points[count++] = new(Vitals.OutputLogSumExp, t, output.LogSumExp);
        points[count++] = new(Vitals.OutputNormalizedEntropy, t, output.NormalizedEntropy);
        points[count++] = new(Vitals.OutputMaxProbability, t, output.MaxProbability);
        return count;
    }

    internal static void RequireRoom(Span<Point> points)
    {
        if (points.Length < MaxPoints)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"points has room for {points.Length}, but a step may need {MaxPoints}; give TrainingPoints.MaxPoints."),
                nameof(points));
        }
    }
}
