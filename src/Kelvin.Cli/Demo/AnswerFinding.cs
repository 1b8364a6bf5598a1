using Kelvin.Reports;
using Kelvin.Statistics;

namespace Kelvin.Cli.Demo;

/// <summary>Decides whether a held entropy answers as well as a fixed temperature of the same mean entropy.</summary>
internal static class AnswerFinding
{
    public static DemoFinding Of(AnswerRun run)
    {
        Interval gain = Gain(run);
        Verdict verdict = gain.Low > 0 ? Verdict.Held : gain.High < 0 ? Verdict.DidNotHold : Verdict.Undecided;
        string temperatures = string.Join(", ", run.Fixed.Select(policy => $"{DemoWords.Percent(policy.Accuracy)} at {policy.Words}"));
        return new DemoFinding(
            "held_entropy",
            "The same entropy for every token beats the temperature of that mean entropy",
            verdict,
            string.Empty,
            DemoWords.Text($"Of {run.Items.Count} held-out questions the built-in model answers {temperatures}, and {DemoWords.Percent(run.Held.Accuracy)} with every token at {run.TargetEntropy:0.00} nat, the mean entropy at T = 1; the difference from T = 1 is {DemoWords.Points(gain.Low)} to {DemoWords.Points(gain.High)} points."),
            AnswerSection.Title);
    }

    /// <summary>Held entropy minus T = 1, paired over questions.</summary>
    public static Interval Gain(AnswerRun run) => MeanInterval.PairedDifference(Right(run.Held), Right(run.One));

    private static double[] Right(AnswerPolicy policy) => [.. policy.IsRight.Select(right => right ? 1.0 : 0.0)];
}
