namespace Kelvin.Monitoring;

/// <summary>What is said about each cause, and which causes explain which.</summary>
internal static class CauseCatalogue
{
    private static readonly CauseEntry[] Entries =
    [
        new(Causes.LearningRateTooHigh, "Step too large",
            "divide the learning rate by 3 and restart from the last good checkpoint",
            ["Divide the learning rate by 3 and restart from the last good checkpoint.", "Make the warm-up longer.", "Clip the gradient at norm 1.0."],
            []),
        new(Causes.ExplodingGradient, "Exploding gradient",
            "clip the gradient and look at the batch of this step",
            ["Clip the gradient at norm 1.0.", "Skip the batch, or rewind 100 steps.", "Look at the batch of this step."],
            [Causes.LearningRateTooHigh]),
        new(Causes.Divergence, "Divergence",
            "go back to the last good checkpoint with a third of the learning rate",
            ["Go back to the last good checkpoint with a third of the learning rate.", "Check the data that came in at this step.", "Clip the gradient at norm 1.0."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.EntropyCollapse, Causes.DeadOneHot, Causes.DeadUnits]),
        new(Causes.DeadOneHot, "Dead one-hot softmax",
            "restart with a smaller learning rate or a higher temperature",
            ["Restart from before this step with a learning rate a third as large.", "Raise the temperature of the softmax.", "Make the initial weights smaller."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient]),
        new(Causes.EntropyCollapse, "Entropy collapse",
            "raise the temperature of the softmax or lower the learning rate",
            ["Raise the temperature, or check the scale of the logits.", "Lower the learning rate.", "Normalise what goes into the logits."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.DeadOneHot]),
        new(Causes.DeadUnits, "Dead units",
            "lower the learning rate and check initialisation and biases",
            ["Lower the learning rate of the layer.", "Check initialisation and biases.", "Use a leaky activation or GELU."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient]),
        new(Causes.VanishingGradient, "Vanishing gradient",
            "check initialisation, scale and normalisation of the layers",
            ["Check initialisation, residual gain and normalisation.", "Look for saturated softmax rows and dead units.", "Check that the loss depends on the weights."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.DeadOneHot, Causes.EntropyCollapse, Causes.DeadUnits]),
        new(Causes.NonFinite, "Non-finite numbers",
            "stop, go to the last finite checkpoint and look for the first tensor that is not finite",
            ["Stop and go to the last finite checkpoint.", "Look for the first tensor that is not finite.", "Lower the learning rate, or compute in higher precision."],
            [Causes.LearningRateTooHigh, Causes.ExplodingGradient, Causes.Divergence, Causes.DeadOneHot, Causes.EntropyCollapse, Causes.DeadUnits, Causes.VanishingGradient]),
    ];

    /// <summary>The entry of a cause; a cause that is not Kelvin's own gets a plain one under its own name.</summary>
    public static CauseEntry Of(string cause) =>
        Array.Find(Entries, entry => entry.Cause == cause)
        ?? new(cause, cause, "look at the evidence", ["Look at the evidence."], []);
}
