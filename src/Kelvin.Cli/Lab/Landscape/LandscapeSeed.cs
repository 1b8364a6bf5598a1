using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>What one activation did with one seed.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="Seed">Seed of the start.</param>
/// <param name="CurvatureStep">2/λ_max at the start.</param>
/// <param name="LargestStable">The largest stable step in multiples of it.</param>
/// <param name="SafeSteps">Steps to the fixed loss at a quarter of 2/λ_max; NaN if it was not reached.</param>
/// <param name="BestSteps">Steps to the fixed loss at the activation's best step; NaN if it was not reached.</param>
/// <param name="FailsAtBest">Whether it was not reached at the best step.</param>
/// <param name="FailsAtOne">Whether it was not reached at 2/λ_max itself.</param>
/// <param name="FailsAtTwo">Whether it was not reached at twice that.</param>
/// <param name="TestAccuracy">Accuracy on test rows after the long run at the best step.</param>
/// <param name="PairAccuracies">Accuracy on the confusable pairs, in the order of the plan.</param>
/// <param name="FinalLoss">Training loss after the long run, as a share of the start's.</param>
internal sealed record LandscapeSeed(
    HiddenActivation Activation,
    int Seed,
    double CurvatureStep,
    double LargestStable,
    double SafeSteps,
    double BestSteps,
    bool FailsAtBest,
    bool FailsAtOne,
    bool FailsAtTwo,
    double TestAccuracy,
    IReadOnlyList<double> PairAccuracies,
    double FinalLoss)
{
    /// <summary>The largest stable step η itself.</summary>
    public double LargestStep => LargestStable * CurvatureStep;

    /// <summary>Mean accuracy over the pairs.</summary>
    public double PairAccuracy => PairAccuracies.Average();
}
