using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>How sharp the loss was along one run of gradient descent.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Multiple">The step in multiples of 2/λ_max of the Gauss–Newton matrix at the start.</param>
/// <param name="LearningRate">The step η.</param>
/// <param name="Steps">Steps at which the Hessian was measured.</param>
/// <param name="Sharpness">λ_max of the Hessian there.</param>
/// <param name="Loss">The loss there.</param>
internal sealed record SharpnessCourse(
    HiddenActivation Activation,
    double Multiple,
    double LearningRate,
    IReadOnlyList<int> Steps,
    IReadOnlyList<double> Sharpness,
    IReadOnlyList<double> Loss)
{
    /// <summary>η λ_max/2 at each step: descent overshoots where it is above 1.</summary>
    public IReadOnlyList<double> ShareOfEdge => [.. Sharpness.Select(value => LearningRate * value / 2)];

    /// <summary>The largest sharpness divided by the one at the start.</summary>
    public double Growth => Sharpness.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max() / Sharpness[0];
}
