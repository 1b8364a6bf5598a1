using Kelvin.Cli.Frame;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>What the landscape experiment found.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="BestSteps">Each activation's best step, in multiples of 2/λ_max.</param>
/// <param name="Seeds">The comparison, one entry an activation and seed.</param>
/// <param name="Barriers">The lines between solutions.</param>
/// <param name="Stuck">The long runs at several widths.</param>
/// <param name="Hard">Runs on the confusable classes that may get stuck.</param>
/// <param name="PairNames">The confusable pairs by the names of their classes.</param>
internal sealed record LandscapeResult(
    LandscapePlan Plan,
    IReadOnlyList<double> BestSteps,
    IReadOnlyList<LandscapeSeed> Seeds,
    IReadOnlyList<BarrierPair> Barriers,
    IReadOnlyList<StuckRun> Stuck,
    IReadOnlyList<HardRun> Hard,
    IReadOnlyList<string> PairNames)
{
    /// <summary>The seeds of an activation.</summary>
    public LandscapeSeed[] Of(HiddenActivation activation) => [.. Seeds.Where(one => one.Activation == activation)];

    /// <summary>Every measure of the headline table, in its order.</summary>
    public IReadOnlyList<LandscapeMeasure> Measures() =>
    [
        LandscapeMeasure.Ratio("largest stable step × λ_max/2", true, this, one => one.LargestStable),
        LandscapeMeasure.Ratio("largest stable step η", true, this, one => one.LargestStep),
        LandscapeMeasure.Ratio("steps to the fixed loss, safe step", false, this, one => one.SafeSteps),
        LandscapeMeasure.Ratio("steps to the fixed loss, best step", false, this, one => one.BestSteps),
        LandscapeMeasure.Share("seeds that fail, safe step", false, this, one => double.IsNaN(one.SafeSteps)),
        LandscapeMeasure.Share("seeds that fail, best step", false, this, one => one.FailsAtBest),
        LandscapeMeasure.Share("seeds that fail at 2/λ_max", false, this, one => one.FailsAtOne),
        LandscapeMeasure.Share("seeds that fail at 4/λ_max", false, this, one => one.FailsAtTwo),
        LandscapeMeasure.Difference("test accuracy", true, this, one => one.TestAccuracy),
        .. PairNames.Select((name, i) => LandscapeMeasure.Difference($"accuracy on {name}", true, this, one => one.PairAccuracies[i])),
        LandscapeMeasure.Difference("accuracy on the pairs", true, this, one => one.PairAccuracy),
    ];

    /// <summary>Share of the runs of a width that end in a poor stationary point, with Wilson's interval.</summary>
    public Estimate PoorShare(HiddenActivation activation, int hidden)
    {
        double best = Stuck.Where(one => one.Hidden == hidden && double.IsFinite(one.FinalLoss)).Select(one => one.FinalLoss).DefaultIfEmpty(double.NaN).Min();
        StuckRun[] runs = [.. Stuck.Where(one => one.Hidden == hidden && one.Activation == activation)];
        return LandscapeMeasure.Wilson(runs.Count(one => one.IsPoor(best)), runs.Length);
    }

    /// <summary>The loss at which the long runs of a width ended, as a share of the start's.</summary>
    public Estimate FinalLoss(HiddenActivation activation, int hidden) =>
        Estimate.GeometricMean(Stuck.Where(one => one.Hidden == hidden && one.Activation == activation).Select(one => one.FinalLoss));

    /// <summary>The barrier between solutions, as a share of the loss at the start.</summary>
    public Estimate Barrier(HiddenActivation activation) =>
        Estimate.Mean(Barriers.Where(one => one.Activation == activation).Select(one => one.Barrier));
}
