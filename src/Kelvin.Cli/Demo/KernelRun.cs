using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Demo;

/// <summary>One network: what its tangent kernel at the start predicted, and what training then did.</summary>
/// <param name="Activation">Its hidden units.</param>
/// <param name="Width">How many of them.</param>
/// <param name="Seed">Its start.</param>
/// <param name="IsTrusted">Whether the check before training said that the prediction would hold.</param>
/// <param name="Comparison">The prediction and the real run.</param>
internal sealed record KernelRun(HiddenActivation Activation, int Width, int Seed, bool IsTrusted, TrainingComparison Comparison)
{
    /// <summary>Whether the predicted loss stayed within the tolerance at every step.</summary>
    public bool IsPredicted => Comparison.FirstOff is null;

    /// <summary>‖H − H₀‖_F/‖H₀‖_F at the end of training.</summary>
    public double Drift => Comparison.Points[^1].KernelChange;
}
