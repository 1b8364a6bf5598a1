using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>Where a long run with half of 2/λ_max ended.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Hidden">How many.</param>
/// <param name="Seed">Seed of the start.</param>
/// <param name="FinalLoss">Training loss at the end, as a share of the start's.</param>
/// <param name="LateFall">By what share the loss still fell over the last third of the steps.</param>
internal sealed record StuckRun(HiddenActivation Activation, int Hidden, int Seed, double FinalLoss, double LateFall)
{
    /// <summary>Whether the run has come to rest: less than a per cent of its loss was gained in the last third.</summary>
    public bool IsAtRest => !(LateFall >= 0.01);

    /// <summary>Whether the end is a poor stationary point: at rest, with more than twice the loss of the best run of that width.</summary>
    public bool IsPoor(double best) => !double.IsFinite(FinalLoss) || (IsAtRest && FinalLoss > 2 * best);
}
