using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>Where descent ended that was to tell two confusable classes apart.</summary>
/// <param name="Setting">Which network.</param>
/// <param name="Activation">Hidden units.</param>
/// <param name="Seed">Seed of the start.</param>
/// <param name="FinalLoss">Training loss at the end, as a share of that of outputs 0; NaN or ∞ where it diverged.</param>
/// <param name="LateFall">By what share the loss still fell over the last third of the steps.</param>
/// <param name="PairAccuracy">Accuracy on the test rows of the pair.</param>
/// <param name="Barrier">The barrier on the line to the next seed's end, same unit as the loss; NaN for every second seed.</param>
internal sealed record HardRun(
    string Setting, HiddenActivation Activation, int Seed, double FinalLoss, double LateFall, double PairAccuracy, double Barrier)
{
    /// <summary>A smaller loss than this is not poor: the classes are told apart.</summary>
    public const double Good = 0.1;

    /// <summary>Whether it ended in a poor stationary point: at rest, as <see cref="StuckRun"/> says it, with a tenth of the loss left and more than twice the best.</summary>
    public bool IsPoor(double best) => new StuckRun(Activation, 0, Seed, FinalLoss, LateFall).IsPoor(Math.Max(best, Good / 2));
}
