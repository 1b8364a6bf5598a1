using System.Globalization;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary>Says in plain sentences what a fitted temperature means and what it is worth.</summary>
internal static class CalibrationWords
{
    /// <summary>The answer in one sentence.</summary>
    public static string Headline(CalibrationFit fit) => fit.Outcome switch
    {
        CalibrationOutcome.Interior when Math.Abs(fit.Temperature - 1) < 0.005 =>
            "The model's confidence is right as it is: the best temperature is 1.00.",
        CalibrationOutcome.Interior when fit.Temperature > 1 =>
            string.Create(CultureInfo.InvariantCulture, $"The model is overconfident: divide its logits by {fit.Temperature:0.00}."),
        CalibrationOutcome.Interior =>
            string.Create(CultureInfo.InvariantCulture, $"The model is underconfident: divide its logits by {fit.Temperature:0.00}."),
        _ => WhyNot(fit.Outcome),
    };

    /// <summary>Why no temperature fits, and what to do.</summary>
    public static string WhyNot(CalibrationOutcome outcome) => outcome switch
    {
        CalibrationOutcome.Separable =>
            "No temperature fits: every label has its row's largest logit, so ever colder is ever better. Fit on rows with mistakes among them.",
        CalibrationOutcome.NoBetterThanUniform =>
            "No temperature fits: the logits are no better than a uniform guess. Look for wrong labels or logits with the wrong sign.",
        CalibrationOutcome.NoEffect =>
            "No temperature fits: within each row all logits are equal, so a temperature changes nothing.",
        _ => "No temperature fits: a logit or a label makes the likelihood infinite at every temperature.",
    };

    /// <summary>What happened to the calibration error on rows that the fit has not seen.</summary>
    public static string Gain(CalibrationReport report)
    {
        MetricChange ece = report.Ece;
        string verb = ece.Gain >= 0 ? "falls" : "rises";
        string certainty = ece.IsImproved
            ? "so the gain is more than chance"
            : ece.GainInterval.High < 0 ? "so the loss is more than chance" : "so it may be chance";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Its calibration error {verb} from {Percent(ece.Before)} to {Percent(ece.After)}; the gain of {Points(ece.Gain)} points has a {ece.GainInterval.Level * 100:0.##} % interval from {Points(ece.GainInterval.Low)} to {Points(ece.GainInterval.High)}, {certainty}.");
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Points(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
