using Kelvin.Networks;
using Kelvin.Reports;
using Kelvin.Statistics;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Demo;

/// <summary>What held and what did not, decided from the numbers.</summary>
internal static class DemoFindings
{
    /// <summary>A difference in accuracy up to this, half a percentage point, is of no consequence.</summary>
    private const double Negligible = 0.005;

    public static IReadOnlyList<DemoFinding> Of(DemoResult result) =>
    [
        Caught(result.Runs),
        .. MechanismFindings.Of(result),
        LargeSteps(result.Runs),
        KernelFinding.Of(result.Kernels),
        Accuracy(result.Accuracies),
        Calibration(result),
        AnswerFinding.Of(result.Answers),
    ];

    private static DemoFinding Caught(IReadOnlyList<StabilityRun> runs)
    {
        int bad = runs.Count(run => run.Verdict.IsBad);
        int caught = runs.Count(run => run.IsCaught);
        int alarms = runs.Count(run => run.IsFalseAlarm);
        int safe = runs.Count(run => run.Regime == StepRegime.Safe);
        long[] leads = [.. runs.Where(run => run.IsCaught).Select(run => run.Lead!.Value).Order()];
        string lead = leads.Length == 0 ? string.Empty : DemoWords.Text($" It came {leads[0]} to {leads[^1]} steps ahead, in the median {leads[leads.Length / 2]}: these losses explode within one or two steps.");
        return new DemoFinding(
            "caught_in_time",
            "Every run that goes wrong is named in time",
            bad == 0 ? Verdict.Undecided : caught == bad && alarms == 0 ? Verdict.Held : Verdict.DidNotHold,
            string.Empty,
            DemoWords.Text($"{caught} of {bad} runs that went wrong had a rightly named incident open no later than their loss or vitals showed it; {alarms} of {safe} safe runs had any.{lead}"),
            "Runs and incidents");
    }

    private static DemoFinding LargeSteps(IReadOnlyList<StabilityRun> runs)
    {
        StabilityRun[] large = [.. runs.Where(run => run.Regime == StepRegime.TooLarge)];
        StabilityRun[] softmax = [.. large.Where(run => run.Activation == HiddenActivation.Softmax)];
        int nonFinite = softmax.Count(run => run.Verdict.Ending == RunEnding.NonFinite);
        int good = softmax.Count(run => run.Verdict.Ending == RunEnding.Good);
        Verdict verdict = good == softmax.Length ? Verdict.Held : nonFinite == 0 ? Verdict.HeldWhen : Verdict.DidNotHold;
        string counts = string.Join("; ", DemoPlan.Activations.Select(activation =>
        {
            StabilityRun[] of = [.. large.Where(run => run.Activation == activation)];
            IEnumerable<string> endings = of.GroupBy(run => run.Verdict.Ending).OrderBy(group => group.Key).Select(group => DemoWords.Text($"{group.Count()} {DemoWords.Of(group.Key)}"));
            return $"{DemoWords.Of(activation)} {string.Join(", ", endings)}";
        }));
        return new DemoFinding(
            "large_steps",
            "Softmax survives a step that is too large",
            verdict,
            verdict == Verdict.HeldWhen ? "surviving only means staying finite" : string.Empty,
            $"At 16 times the stable step the runs ended: {counts}.",
            "Runs and incidents");
    }

    private static DemoFinding Accuracy(IReadOnlyList<AccuracyResult> accuracies)
    {
        AccuracyResult softmax = accuracies.Single(one => one.Activation == HiddenActivation.Softmax);
        AccuracyResult relu = accuracies.Single(one => one.Activation == HiddenActivation.Relu);
        Interval gain = MeanInterval.PairedDifference(
            softmax.Runs.Select(run => run.Test.Accuracy).ToArray(), relu.Runs.Select(run => run.Test.Accuracy).ToArray());
        Verdict verdict = gain.Low >= -Negligible ? Verdict.Held : gain.High < 0 ? Verdict.DidNotHold : Verdict.Undecided;
        string means = string.Join(", ", accuracies.Select(one => $"{DemoWords.Of(one.Activation)} {DemoWords.Percent(one.Test)}"));
        return new DemoFinding(
            "accuracy",
            "Softmax networks classify as well as ReLU networks",
            verdict,
            string.Empty,
            DemoWords.Text($"Test accuracy, mean of {softmax.Runs.Count} seeds: {means}. Softmax minus ReLU: {DemoWords.Points(softmax.Test - relu.Test)} points, 95 % interval {DemoWords.Points(gain.Low)} to {DemoWords.Points(gain.High)}."),
            "Accuracy");
    }

    private static DemoFinding Calibration(DemoResult result)
    {
        MetricChange ece = result.Overconfident.Ece;
        return new DemoFinding(
            "calibration",
            "A temperature repairs overconfidence",
            ece.IsImproved ? Verdict.Held : ece.GainInterval.High < 0 ? Verdict.DidNotHold : Verdict.Undecided,
            string.Empty,
            DemoWords.Text($"A network trained to saturation on {result.Plan.OverconfidentRows} images needs T = {result.Overconfident.Fit.Temperature:0.00}; its calibration error on test falls from {DemoWords.Percent(ece.Before)} to {DemoWords.Percent(ece.After)}, the gain's interval is {DemoWords.Points(ece.GainInterval.Low)} to {DemoWords.Points(ece.GainInterval.High)} points. {CalibrationNote.Of(result)}"),
            "Calibration");
    }
}
