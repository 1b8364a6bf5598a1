namespace Kelvin.Networks;

/// <summary>How the losses of the examples in a batch become one number.</summary>
public enum LossReduction
{
    /// <summary>Their mean: the step size does not depend on the batch.</summary>
    Mean,

    /// <summary>Their sum, as in the theory, where L = ½ Σ_i Σ_l (F_il − Y_il)².</summary>
    Sum,
}
