namespace Kelvin.Stability;

/// <summary>How large gradients are when all hidden logits are multiplied by a factor.</summary>
/// <param name="Factor">c > 0; 1 is the network as it is.</param>
/// <param name="OutputGradient">Root mean square over the examples of ‖∂Fᵢ/∂θ‖_F; ∞ or NaN where the activation overflows.</param>
/// <param name="LossGradient">Root mean square over the examples of ‖∂Lᵢ/∂θ‖₂, Lᵢ = ½‖Fᵢ − e_yᵢ‖²; ∞ or NaN likewise.</param>
/// <param name="LargestOutputGradient">The largest ‖∂Fᵢ/∂θ‖_F of an example.</param>
/// <param name="MedianOutputGradient">Their median: half of the examples have less.</param>
public readonly record struct LogitScalingPoint(
    double Factor, double OutputGradient, double LossGradient, double LargestOutputGradient, double MedianOutputGradient);
