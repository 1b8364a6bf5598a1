using System.Numerics;
using Kelvin.Softmax;

namespace Kelvin.Temperatures;

/// <summary>Finds the temperature at which softmax(z/T) has a given entropy.</summary>
/// <remarks>
/// <para>H(T) rises from log(ties at the maximum) as T → 0 to log(unmasked entries) as T → ∞. Solved in log T, where dH/d log T = Var(z)/T²,
/// by Newton's method inside a bracket, halving it where a step leaves it or gains too little.</para>
/// <para>Multiplying the logits by c multiplies T by c; adding a constant changes nothing.</para>
/// <para>−∞ masks an entry. What the row does not allow is an <see cref="TargetEntropyFit.Outcome"/>, not an exception.</para>
/// <para>Accuracy: |H(T) − target| ≤ about 4·2⁻⁵² log k, so δT/T ≈ δH·T²/Var(z): poor near both limits. Everything runs in double.</para>
/// <para>Cost: about 8 passes of one exp an element; nothing on the heap.</para>
/// </remarks>
public static class TargetEntropy
{
    private const int MaxIterations = 200;

    /// <summary>Step in log T after which the next of Newton's, about its square, would be below rounding.</summary>
    private const double LastNewtonStep = 1e-9;

    /// <summary>Finds T for a row in double precision.</summary>
    /// <param name="logits">z, shape [V], V ≥ 1.</param>
    /// <param name="targetEntropy">H, in nats.</param>
    /// <exception cref="ArgumentException">The row is empty, or the target is NaN.</exception>
    public static TargetEntropyFit Find(ReadOnlySpan<double> logits, double targetEntropy) => Solve(logits, targetEntropy);

    /// <summary>Finds T for a row in single precision.</summary>
    /// <param name="logits">z, shape [V], V ≥ 1.</param>
    /// <param name="targetEntropy">H, in nats.</param>
    /// <exception cref="ArgumentException">The row is empty, or the target is NaN.</exception>
    public static TargetEntropyFit Find(ReadOnlySpan<float> logits, double targetEntropy) => Solve(logits, targetEntropy);

    private static TargetEntropyFit Solve<T>(ReadOnlySpan<T> logits, double target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.NotEmpty(logits);
        Require.That(!double.IsNaN(target), "targetEntropy is NaN, but must be a number of nats.", nameof(target));

        var curve = new EntropyCurve<T>(logits);
        if (!curve.IsFinite)
            return new TargetEntropyFit(double.NaN, double.NaN, TargetEntropyOutcome.NotFinite, double.NaN, double.NaN, 0, default);

        double lower = Math.Log(curve.Ties);
        double upper = Math.Log(curve.Unmasked);
        if (curve.Ties == curve.Unmasked && target == upper)
            return new TargetEntropyFit(1, upper, TargetEntropyOutcome.EveryTemperature, lower, upper, 0, Row.Statistics(logits, 1));
        if (target <= lower)
        {
            TargetEntropyOutcome outcome = target == lower ? TargetEntropyOutcome.AtLowerLimit : TargetEntropyOutcome.BelowReach;
            return new TargetEntropyFit(0, lower, outcome, lower, upper, 0, default);
        }

        if (target >= upper)
        {
            TargetEntropyOutcome outcome = target == upper ? TargetEntropyOutcome.AtUpperLimit : TargetEntropyOutcome.AboveReach;
            return new TargetEntropyFit(double.PositiveInfinity, upper, outcome, lower, upper, 0, default);
        }

        TargetEntropyFit fit = Iterate(curve, target, lower, upper);
        return fit with { Statistics = Row.Statistics(logits, fit.Temperature) };
    }

    private static TargetEntropyFit Iterate<T>(EntropyCurve<T> curve, double target, double lower, double upper)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double low = 0;
        double high = double.PositiveInfinity;
        double lastStep = double.PositiveInfinity;
        double temperature = Math.Sqrt(curve.GapVariance / (2 * (upper - target)));
        (double entropy, double slope) = curve.At(temperature);
        int iterations = 1;
        for (; iterations < MaxIterations && entropy != target; iterations++)
        {
            if (entropy < target)
                low = temperature;
            else
                high = temperature;

            double newton = (target - entropy) / slope;
            bool isLast = Math.Abs(newton) <= LastNewtonStep;
            double next = temperature * Math.Exp(newton);
            if (isLast)
                next = Math.Clamp(next, low, high);
            else if (!(next > low && next < high && Math.Abs(newton) < Math.Min(lastStep / 2, 3)))
                next = low == 0 ? temperature / 4 : double.IsPositiveInfinity(high) ? temperature * 4 : Math.Sqrt(low) * Math.Sqrt(high);

            lastStep = Math.Abs(Math.Log(next / temperature));
            temperature = next;
            (entropy, slope) = curve.At(temperature);
            if (isLast || lastStep == 0)
                break;
        }

        return new TargetEntropyFit(temperature, entropy, TargetEntropyOutcome.Reached, lower, upper, iterations, default);
    }
}
