using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Monitoring;

/// <summary>Writes what a training step of a transformer measured as points of the canonical series.</summary>
/// <remarks>
/// The softmaxes of attention are series with layer and head. Left out is what there is not: the update ratio when no update was made. Nothing on the
/// heap.
/// </remarks>
public static class TransformerPoints
{
    /// <summary>Points of one head.</summary>
    public const int PerHead = 4;

    /// <summary>Writes a step, without its heads: loss, optimiser, output.</summary>
    /// <param name="step">What the step measured.</param>
    /// <param name="points">Room for <see cref="TrainingPoints.MaxPoints"/>.</param>
    /// <returns>How many points were written.</returns>
    public static int Write(in TransformerStep step, Span<Point> points)
    {
        TrainingPoints.RequireRoom(points);
        long t = step.Step;
        int count = 0;
        points[count++] = new(Vitals.TrainLoss, t, step.Loss);
        points[count++] = new(Vitals.LearningRate, t, step.LearningRate);
        points[count++] = new(Vitals.GradientNorm, t, step.GradientNorm);
        points[count++] = new(Vitals.GradientNonFinite, t, step.NonFinite);
        points[count++] = new(Vitals.WeightNorm, t, step.WeightNorm);
        if (!double.IsNaN(step.UpdateRatio) && step.WeightNorm != 0)
            points[count++] = new(Vitals.UpdateRatio, t, step.UpdateRatio);
        return count + TrainingPoints.WriteOutput(step.Output, t, points[count..]);
    }

    /// <summary>Writes the heads of a step.</summary>
    /// <param name="step">What the step measured.</param>
    /// <param name="headsPerLayer">Query heads of a layer.</param>
    /// <param name="points">Room for <see cref="PerHead"/> points a head.</param>
    /// <returns>How many points were written.</returns>
    public static int WriteHeads(in TransformerStep step, int headsPerLayer, Span<Point> points)
    {
        int count = 0;
        ReadOnlySpan<HeadVitals> heads = step.Heads.Span;
        for (int i = 0; i < heads.Length; i++)
        {
            (int layer, int head) = Math.DivRem(i, headsPerLayer);
            points[count++] = new(new Series(Vitals.LogitMax, layer, head), step.Step, heads[i].MaxLogit);
            points[count++] = new(new Series(Vitals.LogSumExp, layer, head), step.Step, heads[i].LogSumExp);
            points[count++] = new(new Series(Vitals.Entropy, layer, head), step.Step, heads[i].Entropy);
            points[count++] = new(new Series(Vitals.NormalizedEntropy, layer, head), step.Step, heads[i].NormalizedEntropy);
        }

        return count;
    }
}
