using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Demo;

/// <summary>Turns what the demo found into its JSON document.</summary>
internal static class DemoDocument
{
    public static DemoAnswer Of(DemoResult result, IReadOnlyList<DemoFinding> findings, TimeSpan elapsed, int threads) => new()
    {
        Quick = result.Plan.IsQuick,
        Seed = result.Plan.Seed,
        Data = new(
            result.Data.Name,
            result.Data.Rows,
            result.Data.Features,
            result.Data.Classes,
            result.Data.Split.Train.Length,
            result.Data.Split.Validation.Length,
            result.Data.Split.Test.Length),
        Findings = [.. findings.Select(one => new DemoAnswer.FindingFacts(one.Id, one.Claim, Of(one.Verdict), one.Condition, one.Detail))],
        Caught = new(
            result.Runs.Count(run => run.Verdict.IsBad),
            result.Runs.Count(run => run.IsCaught),
            result.Runs.Count(run => run.IsMissed),
            result.Runs.Count(run => run.Regime == StepRegime.Safe),
            result.Runs.Count(run => run.IsFalseAlarm)),
        Runs = [.. result.Runs.Select(Of)],
        Mechanisms = [.. DemoPlan.Activations.Select(activation => Of(new MechanismSummary(activation, result.Mechanisms)))],
        Kernels = [.. result.Kernels.Select(Of)],
        Accuracy = [.. result.Accuracies.Select(Of)],
        BestNetwork = Of(result.BestAccuracy.Activation, result.Best),
        OverconfidentNetwork = Of(HiddenActivation.Exp, result.Overconfident),
        Answers =
        [
            .. result.Answers.Fixed.Select(policy => Of(policy, null)),
            Of(result.Answers.Held, result.Answers.TargetEntropy),
        ],
        Elapsed = new(Math.Round(elapsed.TotalSeconds, 1), threads),
    };

    private static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Held => "holds",
        Verdict.HeldWhen => "conditional",
        Verdict.DidNotHold => "fails",
        _ => "undecided",
    };

    private static DemoAnswer.RunFacts Of(StabilityRun run) => new(
        run.Activation,
        run.Regime,
        run.Seed,
        run.LearningRate,
        run.Record.Loss.Count,
        run.Verdict.Ending,
        run.Verdict.Step,
        run.Incident?.Cause,
        run.Incident?.OpenedStep,
        run.Lead,
        run.IsCaught,
        run.Record.Incidents.Count,
        run.Record.Loss[0],
        run.Record.Loss.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(),
        run.Record.Loss[^1],
        run.TestAccuracy);

    private static DemoAnswer.MechanismFacts Of(MechanismSummary summary) => new(
        summary.Activation,
        summary.StableStep,
        summary.OutputGrowth,
        summary.LossGrowth,
        summary.Overflow,
        summary.LargestShareOfBound,
        summary.HiddenSpreadAtStart,
        summary.HiddenSpreadAtEnd,
        summary.OutputSpreadAtEnd,
        summary.GradientSpreadAtStart,
        summary.GradientSpreadAtEnd,
        summary.MedianRoughness,
        summary.LargestRoughness);

    private static DemoAnswer.KernelFacts Of(KernelRun run) => new(
        run.Activation,
        run.Width,
        run.Seed,
        run.Comparison.Prediction.LearningRate,
        run.Comparison.Prediction.Spectrum.Smallest,
        run.Comparison.Prediction.Spectrum.Largest,
        run.IsTrusted,
        run.IsPredicted,
        run.Comparison.LargestError,
        run.Comparison.FirstOff,
        run.Drift);

    private static DemoAnswer.AnswerFacts Of(AnswerPolicy policy, double? target) => new(
        policy.Words,
        target,
        policy.IsRight.Count,
        policy.Accuracy,
        policy.AccuracyInterval,
        policy.Quality.ScaledEntropy,
        policy.Quality.ScaledEntropyDeviation,
        policy.Quality.NegativeLogLikelihood,
        policy.Quality.Unreachable);

    private static DemoAnswer.AccuracyFacts Of(AccuracyResult result) => new(
        result.Activation,
        result.LearningRate,
        result.Validation,
        result.Test,
        result.TestInterval,
        [.. result.Runs.Select(run => run.Test.Accuracy)],
        result.Runs.Sum(run => run.Incidents.Count));

    private static DemoAnswer.CalibrationFacts Of(HiddenActivation activation, CalibrationReport report) => new(
        activation,
        report.Fit.Outcome,
        report.Fit.Temperature,
        report.FittedBefore.Rows,
        report.Before.Rows,
        report.Before.Accuracy,
        report.Ece,
        report.Nll,
        report.Brier);
}
