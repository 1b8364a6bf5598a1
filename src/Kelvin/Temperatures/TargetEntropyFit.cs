using Kelvin.Softmax;

namespace Kelvin.Temperatures;

/// <summary>Holds the temperature at which a row of logits has a given entropy.</summary>
/// <param name="Temperature">T, in the logits' unit; 0, +∞ and NaN are what <paramref name="Outcome"/> explains.</param>
/// <param name="Entropy">H at T, in nats; a limit where T is one.</param>
/// <param name="Outcome">Whether T gives the target.</param>
/// <param name="LowerLimit">log(ties at the maximum): H as T → 0, in nats.</param>
/// <param name="UpperLimit">log(unmasked entries): H as T → ∞, in nats.</param>
/// <param name="Iterations">Number of evaluations of H.</param>
/// <param name="Statistics">The row's statistics at T; all zero where T is 0, +∞ or NaN.</param>
public readonly record struct TargetEntropyFit(
    double Temperature, double Entropy, TargetEntropyOutcome Outcome, double LowerLimit, double UpperLimit, int Iterations, SoftmaxStatistics Statistics)
{
    /// <summary>β = 1/T.</summary>
    public double InverseTemperature => 1 / Temperature;
}
