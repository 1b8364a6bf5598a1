namespace Kelvin.Networks;

/// <summary>How a gradient g becomes a change Δ of the parameters w, at learning rate η.</summary>
public enum OptimiserKind
{
    /// <summary>Δ = −η g.</summary>
    Sgd,

    /// <summary>v ← μ v + g, Δ = −η v; v starts at 0.</summary>
    Momentum,

    /// <summary>m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², Δ = −η m̂/(√v̂ + ε) with the start-up bias taken out of m̂ and v̂.</summary>
    Adam,

    /// <summary>Adam with weight decay apart from the gradient: Δ = −η (m̂/(√v̂ + ε) + λ w).</summary>
    AdamW,
}
