using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>What the runs that may get stuck came to, for one setting and activation.</summary>
/// <param name="Setting">Which network.</param>
/// <param name="Activation">Hidden units.</param>
/// <param name="Poor">Share that ended in a poor stationary point, with Wilson's interval.</param>
/// <param name="Loss">Loss left, as a share of that of outputs 0: the geometric mean; what is above 9 counts as 9.</param>
/// <param name="PairAccuracy">Accuracy on the pairs' test rows.</param>
/// <param name="Barrier">Barrier between two ends, same unit as the loss, cut off like it.</param>
internal sealed record HardRow(string Setting, HiddenActivation Activation, Estimate Poor, Estimate Loss, Estimate PairAccuracy, Estimate Barrier)
{
    private const double Most = 9;

    /// <summary>The rows of all settings and activations. A run is poor by the best run of all: what the narrowest network can say, the others can.</summary>
    public static IReadOnlyList<HardRow> Of(IReadOnlyList<HardRun> runs)
    {
        double best = runs.Where(one => double.IsFinite(one.FinalLoss)).Select(one => one.FinalLoss).DefaultIfEmpty(double.NaN).Min();
        return
        [
            .. from setting in runs.GroupBy(one => one.Setting, StringComparer.Ordinal)
               from activation in LabNetworks.Activations
               let own = setting.Where(one => one.Activation == activation).ToArray()
               select new HardRow(
                   setting.Key,
                   activation,
                   LandscapeMeasure.Wilson(own.Count(one => one.IsPoor(best)), own.Length),
                   Estimate.GeometricMean(own.Select(one => Math.Min(Most, one.FinalLoss)).Where(double.IsFinite)),
                   Share(Estimate.Mean(own.Select(one => one.PairAccuracy).Where(double.IsFinite))),
                   Estimate.Mean(own.Select(one => Math.Min(Most, one.Barrier)).Where(double.IsFinite))),
        ];
    }

    /// <summary>A mean of shares cannot lie outside 0 to 1, whatever a t interval says.</summary>
    private static Estimate Share(Estimate mean) => mean with { Low = Math.Max(0, mean.Low), High = Math.Min(1, mean.High) };
}
