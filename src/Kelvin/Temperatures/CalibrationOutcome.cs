namespace Kelvin.Temperatures;

/// <summary>Says what became of a temperature fit.</summary>
public enum CalibrationOutcome
{
    /// <summary>The NLL has its minimum at a finite T > 0, and it was found.</summary>
    Interior,

    /// <summary>
    /// Uniform probabilities do at least as well as any T > 0, since the labels have no more than the average logit: T = +∞, β = 0.
    /// Look for wrong labels or a wrong sign.
    /// </summary>
    NoBetterThanUniform,

    /// <summary>Every label has its row's largest logit, so the NLL falls all the way to T → 0: T = 0, β = +∞. Fit on rows with mistakes among them.</summary>
    Separable,

    /// <summary>Within each row all logits are equal, so the temperature changes nothing: T = 1 is kept.</summary>
    NoEffect,

    /// <summary>A logit is NaN or +∞, a row is masked entirely, or a label's logit is −∞, so the NLL is finite for no T: T = NaN.</summary>
    NotFinite,
}
