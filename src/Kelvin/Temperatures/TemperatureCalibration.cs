using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Temperatures;

/// <summary>Fits one temperature to labelled logits, so that softmax(z/T) means what it says.</summary>
/// <remarks>Source: Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks (2017); it keeps every prediction and so the accuracy.</remarks>
public static class TemperatureCalibration
{
    private const int MaxIterations = 200;

    /// <summary>Relative step after which the next of Newton's, its square, would be below rounding.</summary>
    private const double LastNewtonStep = 1e-9;

    /// <summary>Finds the T that makes the mean negative log-likelihood of the labels smallest.</summary>
    /// <param name="logits">z, shape [N, k], N ≥ 1. −∞ marks a class that is ruled out.</param>
    /// <param name="labels">Shape [N], each from 0 to k − 1.</param>
    /// <remarks>
    /// <para>NLL(β) = mean(lse(β zᵢ) − β zᵢ,yᵢ) is convex in β = 1/T, with NLL' = mean(⟨z⟩_β − z_y) and NLL'' = mean Var_β(z). Solved in β by
    /// Newton's method inside a bracket, halving it where a step leaves it or gains too little.</para>
    /// <para>Multiplying the logits by c multiplies T by c. What the data do not allow is an <see cref="CalibrationFit.Outcome"/>, not an exception.</para>
    /// <para>Accuracy: NLL' is 0 to about N·2⁻⁵² of mean |⟨z⟩ − z_y|; everything runs in double whatever <typeparamref name="T"/> is.</para>
    /// <para>Cost: about 8 passes of two exp an element, and N·k doubles.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">There is no row, or a label has no class.</exception>
    public static CalibrationFit Fit<T>(ReadOnlyMatrixView<T> logits, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.LabelledRows(logits.Rows, logits.Columns, labels);

        LikelihoodInBeta curve = LikelihoodInBeta.Of(logits, labels);
        if (!curve.IsFinite)
        {
            var nowhere = new LikelihoodPoint(double.NaN, double.NaN, double.NaN, double.NaN);
            return Result(CalibrationOutcome.NotFinite, nowhere, nowhere, nowhere, 0, labels.Length);
        }

        LikelihoodPoint zero = curve.At(0);
        LikelihoodPoint one = curve.At(1);
        if (curve.Scale == 0)
            return Result(CalibrationOutcome.NoEffect, one, zero, one, 0, labels.Length);
        if (curve.IsSeparable)
            return Result(CalibrationOutcome.Separable, curve.At(double.PositiveInfinity), zero, one, 0, labels.Length);
        if (zero.Slope >= 0)
            return Result(CalibrationOutcome.NoBetterThanUniform, zero, zero, one, 0, labels.Length);

        LikelihoodPoint optimum = Minimise(curve, zero, out int iterations);
        return Result(CalibrationOutcome.Interior, optimum, zero, one, iterations, labels.Length);
    }

    private static LikelihoodPoint Minimise(LikelihoodInBeta curve, LikelihoodPoint zero, out int iterations)
    {
        double low = 0;
        double high = double.PositiveInfinity;
        double lastStep = double.PositiveInfinity;
        LikelihoodPoint point = curve.At(-zero.Slope / zero.Curvature);
        for (iterations = 1; iterations < MaxIterations && point.Slope != 0; iterations++)
        {
            if (point.Slope < 0)
                low = point.Beta;
            else
                high = point.Beta;

            double newton = point.Beta - (point.Slope / point.Curvature);
            double step = Math.Abs(newton - point.Beta);
            if (step <= LastNewtonStep * point.Beta)
                return curve.At(Math.Clamp(newton, low, high));

            double next = newton > low && newton < high && newton < 8 * point.Beta && step < lastStep / 2 ? newton
                : double.IsPositiveInfinity(high) ? 8 * point.Beta
                : low + ((high - low) / 2);
            lastStep = Math.Abs(next - point.Beta);
            point = curve.At(next);
        }

        return point;
    }

    private static CalibrationFit Result(
        CalibrationOutcome outcome, LikelihoodPoint optimum, LikelihoodPoint zero, LikelihoodPoint one, int iterations, int rows) => new()
        {
            Outcome = outcome,
            Temperature = 1 / optimum.Beta,
            InverseTemperature = optimum.Beta,
            NllBefore = one.Nll,
            NllAfter = optimum.Nll,
            SlopeAtZero = zero.Slope,
            SlopeAtOne = one.Slope,
            CurvatureAtOptimum = optimum.Curvature,
            Iterations = iterations,
            Rows = rows,
        };
}
