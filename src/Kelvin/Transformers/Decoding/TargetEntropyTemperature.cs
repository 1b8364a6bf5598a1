using Kelvin.Temperatures;

namespace Kelvin.Transformers.Decoding;

/// <summary>Gives every token the same entropy: solves H(softmax(z/T)) = target for T, and counts the rows that have no such T.</summary>
/// <remarks>
/// <para>Where the target is below log(ties at the maximum), T = 0; where it is above log(candidates), T = +∞, which draws uniformly
/// among the candidates. Both are counted in <see cref="Unreachable"/>.</para>
/// <para>Cost: about 8 passes over the logits (<see cref="TargetEntropy"/>); nothing on the heap.</para>
/// </remarks>
public sealed class TargetEntropyTemperature : ITemperaturePolicy
{
    private double _deviation;

    /// <summary>Sets the target.</summary>
    /// <param name="targetEntropy">H ≥ 0, in nats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is negative, infinite or NaN.</exception>
    public TargetEntropyTemperature(double targetEntropy)
    {
        Require.Between(targetEntropy, 0, double.MaxValue);
        Target = targetEntropy;
    }

    /// <summary>H asked for, in nats.</summary>
    public double Target { get; }

    /// <summary>Rows whose entropy is the target.</summary>
    public int Reached { get; private set; }

    /// <summary>Rows in which no temperature gives the target.</summary>
    public int Unreachable { get; private set; }

    /// <summary>Mean of |H − target| over the rows that reached it, in nats; NaN before the first.</summary>
    public double MeanDeviation => _deviation / Reached;

    /// <inheritdoc/>
    public TemperatureChoice Choose(in CandidateRow row)
    {
        TargetEntropyFit fit = TargetEntropy.Find(row.Logits, Target);
        bool isReached = fit.Outcome is TargetEntropyOutcome.Reached or TargetEntropyOutcome.EveryTemperature
            or TargetEntropyOutcome.AtLowerLimit or TargetEntropyOutcome.AtUpperLimit;
        if (isReached)
        {
            Reached++;
            _deviation += Math.Abs(fit.Entropy - Target);
        }
        else
        {
            Unreachable++;
        }

        return new TemperatureChoice(fit.Temperature, isReached);
    }
}
