namespace Kelvin.Stability;

/// <summary>A run of gradient descent with one fixed step, once it has settled.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Steps taken until that was clear.</param>
/// <param name="StartLoss">The loss before the first step.</param>
/// <param name="LastLoss">The loss when the run ended; NaN or ∞ where it diverged.</param>
/// <param name="BestLoss">The smallest loss on the way.</param>
/// <param name="LargestLoss">The largest finite loss on the way.</param>
public readonly record struct DescentResult(
    DescentOutcome Outcome, int Steps, double StartLoss, double LastLoss, double BestLoss, double LargestLoss)
{
    /// <summary>Whether the loss reached its target.</summary>
    public bool IsFit => Outcome == DescentOutcome.Fit;
}
