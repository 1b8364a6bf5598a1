using Kelvin.Cli.Frame;
using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>All steps tried at one temperature and width.</summary>
/// <param name="Temperature">T.</param>
/// <param name="Hidden">m.</param>
/// <param name="CurvatureStep">2/λ_max at the start of the map's seed.</param>
/// <param name="TargetShare">The share of the start's loss that a step had to reach to fit.</param>
/// <param name="IsJudgeable">Whether the safe step learnt anything.</param>
/// <param name="Multiples">The steps of the map, ascending.</param>
/// <param name="Cells">What became of each.</param>
/// <param name="Bisected">The largest stable step by bisection, one a seed; the map's seed first.</param>
internal sealed record StabilityColumn(
    double Temperature,
    int Hidden,
    double CurvatureStep,
    double TargetShare,
    bool IsJudgeable,
    IReadOnlyList<double> Multiples,
    IReadOnlyList<DescentResult> Cells,
    IReadOnlyList<StableStepResult> Bisected)
{
    /// <summary>How many steps, from the smallest, are stable without a break.</summary>
    public int StableCells => IsJudgeable ? Cells.TakeWhile(StepTrials.IsStable).Count() : 0;

    /// <summary>The last stable step of the map; NaN if there is none.</summary>
    public double Frontier => StableCells > 0 ? Multiples[StableCells - 1] : double.NaN;

    /// <summary>Mean over the seeds, on a logarithmic scale, of the bisected step.</summary>
    public Estimate LargestStable => Estimate.GeometricMean(Bisected.Select(one => one.Multiple).Where(double.IsFinite));

    /// <summary>How many cells lie between the map's frontier and the step bisected with the same seed; 0 if that lies between the last stable
    /// and the first unstable cell, NaN where one of them is unknown or beyond the map.</summary>
    public double CellsApart
    {
        get
        {
            double cell = Math.Log(Multiples[^1] / Multiples[0]) / (Multiples.Count - 1);
            double place = Math.Log(Bisected[0].Multiple / Multiples[0]) / cell;
            double below = StableCells - 1;
            if (!IsJudgeable || StableCells is 0 || StableCells == Multiples.Count || double.IsNaN(place))
                return double.NaN;
            return place < below ? below - place : Math.Max(0, place - below - 1);
        }
    }
}
