namespace Kelvin.Stability;

/// <summary>How a run of gradient descent with one fixed step ended.</summary>
public enum DescentOutcome
{
    /// <summary>The loss reached its target.</summary>
    Fit,

    /// <summary>The loss was still falling, never rising, but too slowly for the steps it had: the step is small, not unstable.</summary>
    Slow,

    /// <summary>The loss went up and down without reaching its target.</summary>
    NotFitting,

    /// <summary>The softmax rows are one-hot and the gradient has vanished while the loss is large; nothing can change any more.</summary>
    DeadOneHot,

    /// <summary>The gradient has vanished while the loss is large, for another reason, such as units that are off for every example.</summary>
    Stuck,

    /// <summary>The loss or the gradient became infinite, NaN, or far larger than at the start.</summary>
    Diverged,
}
