using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>The loss on the straight line between two solutions.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="First">Seed of one.</param>
/// <param name="Second">Seed of the other.</param>
/// <param name="Barrier">Largest height above the chord, as a share of the loss at the start.</param>
/// <param name="Losses">The losses along the line, as such shares.</param>
internal sealed record BarrierPair(HiddenActivation Activation, int First, int Second, double Barrier, IReadOnlyList<double> Losses);
