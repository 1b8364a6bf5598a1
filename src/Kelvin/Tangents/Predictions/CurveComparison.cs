namespace Kelvin.Tangents;

/// <summary>Where two loss curves part: the one predicted from the kernel at the start, and another.</summary>
/// <param name="LargestError">max |predicted − other|/other over the steps compared; +∞ where either is not finite.</param>
/// <param name="FirstOff">The first step at which the error is over the tolerance; null if none is.</param>
/// <param name="Compared">Steps compared, from 0: up to where the other curve falls below the floor.</param>
internal readonly record struct CurveComparison(double LargestError, int? FirstOff, int Compared)
{
    public static CurveComparison Of(KernelPrediction prediction, ReadOnlySpan<double> other, double tolerance, double floor)
    {
        double largest = 0;
        int? firstOff = null;
        int step = 0;
        for (; step < other.Length && !(other[step] < floor * other[0]); step++)
        {
            double predicted = prediction.Loss(step);
            double error = predicted == other[step] ? 0 : Math.Abs(predicted - other[step]) / other[step];
            if (!double.IsFinite(error))
                error = double.PositiveInfinity;
            largest = Math.Max(largest, error);
            if (error > tolerance)
                firstOff ??= step;
        }

        return new CurveComparison(largest, firstOff, step);
    }

    /// <summary>Why the curves part, from the kernels met on the way.</summary>
    public PredictionEnd Reason(KernelPrediction prediction, IReadOnlyList<PathPoint> points, ReadOnlySpan<double> other)
    {
        if (FirstOff is not { } off)
            return PredictionEnd.Holds;
        if (!prediction.IsStable)
            return PredictionEnd.StepTooLarge;
        bool atEdge = points.Any(point => point.Step <= off && point.Edge >= 1);
        if (atEdge)
            return PredictionEnd.EdgeOfStability;
        return double.IsFinite(other[off]) ? PredictionEnd.KernelDrift : PredictionEnd.NotFinite;
    }

    /// <summary>The same in a sentence with its numbers.</summary>
    public string Explain(PredictionEnd reason, KernelPrediction prediction, IReadOnlyList<PathPoint> points)
    {
        int off = FirstOff ?? Compared;
        PathPoint last = points.LastOrDefault(point => point.Step <= off);
        double share = prediction.LearningRate / prediction.Spectrum.StableStep(prediction.Momentum);
        return reason switch
        {
            PredictionEnd.Holds => FormattableString.Invariant(
                $"The prediction from the start is within {100 * LargestError:G3} % over {Compared} steps; the kernel moves by {100 * points.Max(point => point.KernelChange):G3} %."),
            PredictionEnd.StepTooLarge => FormattableString.Invariant($"The step is {share:G3} times the stable one, so the prediction diverges; it is off from step {off} on."),
            PredictionEnd.EdgeOfStability => FormattableString.Invariant(
                $"The kernel's largest eigenvalue grew until the step is {points.Where(point => point.Step <= off).Max(point => point.Edge):G3} times the stable one; the prediction is off from step {off} on."),
            PredictionEnd.KernelDrift => FormattableString.Invariant(
                $"The kernel has moved by {100 * last.KernelChange:G3} % when the prediction goes off, at step {off}; a unit has moved by up to {last.Movement:G3}."),
            _ => FormattableString.Invariant($"Outputs stop being finite at step {off}."),
        };
    }
}
