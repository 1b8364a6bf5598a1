using Kelvin.Temperatures;

namespace Kelvin.Cli.Demo;

/// <summary>Says in a sentence how honest the best network's probabilities are.</summary>
internal static class CalibrationNote
{
    public static string Of(DemoResult result)
    {
        CalibrationReport report = result.Best;
        MetricChange ece = report.Ece;
        string errors = $"{DemoWords.Percent(ece.Before)} before and {DemoWords.Percent(ece.After)} after";
        if (report.Fit.Outcome != CalibrationOutcome.Interior)
            return $"For the best network no temperature can be fitted: its validation set holds too few mistakes.";
        string kind = report.Fit.Temperature > 1.05 ? "is overconfident" : report.Fit.Temperature < 0.95 ? "is underconfident" : "needs no temperature";
        string worth = ece.IsImproved ? "a gain beyond chance" : "no gain beyond chance";
        return DemoWords.Text($"The best network {kind} (T = {report.Fit.Temperature:0.00}): its error is {errors}, {worth}.");
    }
}
