using Kelvin.Networks;
using Kelvin.Statistics;

namespace Kelvin.Cli.Demo;

/// <summary>How well networks of one activation classify: the candidate that validation chose, on all seeds.</summary>
/// <param name="Activation">Hidden units.</param>
/// <param name="LearningRate">What the validation set chose among the plan's learning rates.</param>
/// <param name="Runs">One run a seed.</param>
internal sealed record AccuracyResult(HiddenActivation Activation, double LearningRate, IReadOnlyList<AccuracyRun> Runs)
{
    /// <summary>Mean over the seeds of the validation accuracy: what the best activation is chosen by.</summary>
    public double Validation => Runs.Average(run => run.Validation.Accuracy);

    /// <summary>Mean over the seeds of the test accuracy.</summary>
    public double Test => Runs.Average(run => run.Test.Accuracy);

    /// <summary>The 95 % interval of that mean over seeds; the split of the data is the same for all.</summary>
    public Interval TestInterval => MeanInterval.StudentT(Runs.Select(run => run.Test.Accuracy).ToArray());

    /// <summary>The run that did best on the validation set, by loss where accuracies are equal.</summary>
    public AccuracyRun Best => Runs.OrderByDescending(run => run.Validation.Accuracy).ThenBy(run => run.Validation.Loss).ThenBy(run => run.Seed).First();
}
