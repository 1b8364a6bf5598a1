using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>What <c>kelvin lab ntk</c> found.</summary>
/// <param name="Problem">The data.</param>
/// <param name="Plan">What was asked for.</param>
/// <param name="Singular">Why λ_min is 0 whatever the network, or null.</param>
/// <param name="Limits">Kernels of infinite width.</param>
/// <param name="Points">Kernels of networks.</param>
internal sealed record NtkResult(
    KernelProblem Problem, NtkPlan Plan, string? Singular, IReadOnlyList<NtkLimit> Limits, IReadOnlyList<NtkPoint> Points)
{
    public IEnumerable<NtkPoint> Of(HiddenActivation activation) => Points.Where(point => point.Activation == activation);

    public NtkPoint Widest(HiddenActivation activation) => Of(activation).MaxBy(point => point.Hidden)!;
}
