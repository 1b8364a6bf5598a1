using System.Globalization;
using Kelvin.Networks;

namespace Kelvin.Cli.Demo;

/// <summary>The demo's words for its own terms.</summary>
internal static class DemoWords
{
    public static string Of(HiddenActivation activation) => activation switch
    {
        HiddenActivation.Relu => "ReLU",
        HiddenActivation.Gelu => "GELU",
        HiddenActivation.Exp => "exp",
        _ => "softmax",
    };

    public static string Of(StepRegime regime) => regime switch
    {
        StepRegime.TooLarge => "too large",
        StepRegime.Rising => "rising",
        _ => "safe",
    };

    public static string Of(RunEnding ending) => ending switch
    {
        RunEnding.NonFinite => "non-finite",
        RunEnding.FarAboveBest => "above 10× its best loss",
        RunEnding.DeadOneHot => "dead one-hot",
        RunEnding.Unfitted => "learnt nothing",
        _ => "good",
    };

    /// <summary>A run in a line for the progress view.</summary>
    public static string News(StabilityRun run)
    {
        string incident = run.Incident is { } open ? Text($"{open.Cause} at step {open.OpenedStep}, ") : string.Empty;
        string ending = run.Verdict is { IsBad: true, Step: { } step } ? Text($"{Of(run.Verdict.Ending)} at {step}") : Of(run.Verdict.Ending);
        return Text($"{Of(run.Activation)}, {Of(run.Regime)} step, seed {run.Seed}: {incident}{ending}");
    }

    public static string News(AnswerPolicy policy) => $"{policy.Words}: {Percent(policy.Accuracy)} of the answers are right";

    public static string News(KernelRun run) =>
        Text($"{Of(run.Activation)}, {run.Width} units, seed {run.Seed}: the predicted loss is off by up to {Percent(run.Comparison.LargestError)}");

    public static string News(AccuracyRun run) =>
        Text($"{Of(run.Activation)}, learning rate {run.LearningRate}, seed {run.Seed}: {Percent(run.Validation.Accuracy)} on validation");

    public static string Percent(double share) => Text($"{share * 100:0.0} %");

    /// <summary>Percentage points with their sign, and a real minus.</summary>
    public static string Points(double share)
    {
        double size = Math.Abs(share) * 100;
        string points = size is > 0 and < 0.05 ? Text($"{size:0.0##}") : Text($"{size:0.0}");
        return share < 0 && points != "0.0" ? $"−{points}" : points;
    }

    /// <summary>A factor in three significant digits, such as 0.28 or 1.4e+03.</summary>
    public static string Factor(double value) => double.IsFinite(value)
        ? Math.Abs(value) is >= 0.01 and < 1e5 ? value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture)
        : value.ToString("0.0e+0", CultureInfo.InvariantCulture)
        : double.IsPositiveInfinity(value) ? "∞" : "NaN";

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
