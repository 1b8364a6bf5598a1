using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>The three mechanisms at one temperature and one scale of the logits, over seeds.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Temperature">T.</param>
/// <param name="Factor">c, what the logits are multiplied by.</param>
/// <param name="Saturation">How deep the softmax rows are saturated, 0 uniform to 1 one-hot; NaN for others.</param>
/// <param name="OutputGradient">First mechanism: root mean square over the examples of ‖∂F/∂θ‖.</param>
/// <param name="LossGradient">First mechanism: the same of the squared loss.</param>
/// <param name="ShareOfBound">The largest ‖∂F/∂θ‖ as a share of softmax's bound; NaN for others.</param>
/// <param name="Spread">Second mechanism: coefficient of variation over the examples of ‖∂F/∂θ‖.</param>
/// <param name="Roughness">Third mechanism: relative change of the gradient per relative change of the weights, along the gradient.</param>
internal sealed record MechanismPoint(
    HiddenActivation Activation,
    double Temperature,
    double Factor,
    Estimate Saturation,
    Estimate OutputGradient,
    Estimate LossGradient,
    Estimate ShareOfBound,
    Estimate Spread,
    Estimate Roughness);
