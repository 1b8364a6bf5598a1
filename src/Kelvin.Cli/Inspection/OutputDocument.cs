using Kelvin.Inspection;
using Kelvin.Temperatures;

namespace Kelvin.Cli.Inspection;

/// <summary>The part of the document on the output head and the text.</summary>
/// <param name="Labels">Tokens that were predicted.</param>
/// <param name="Nll">Mean −log p at T = 1, in nats.</param>
/// <param name="Accuracy">Share of them that were the most probable token.</param>
/// <param name="Measured">Labels behind the ladder and the fit.</param>
/// <param name="Ladder">The metrics at each temperature.</param>
/// <param name="Fit">T fitted on every other label and measured on the others; null with too few.</param>
internal sealed record OutputDocument(
    int Labels, double Nll, double Accuracy, int Measured, IReadOnlyList<OutputDocument.Step> Ladder, OutputDocument.Fitted? Fit)
{
    public static OutputDocument Of(OutputCalibration output) => new(
        output.Labels,
        output.Nll,
        output.Accuracy,
        output.Measured,
        [.. output.Ladder.Select(step => new Step(step.Temperature, step.Metrics.Nll, step.Metrics.Ece, step.Metrics.AdaptiveEce, step.Metrics.MeanConfidence, step.Metrics.MeanEntropy))],
        output.Fit is { } fit ? new Fitted(fit.Fit.Outcome, fit.Fit.Temperature, fit.Nll, fit.Ece, fit.AdaptiveEce) : null);

    /// <summary>One temperature.</summary>
    internal sealed record Step(double Temperature, double Nll, double Ece, double AdaptiveEce, double MeanConfidence, double MeanEntropy);

    /// <summary>A fit and what it changes on labels that it has not seen.</summary>
    internal sealed record Fitted(CalibrationOutcome Outcome, double Temperature, MetricChange Nll, MetricChange Ece, MetricChange AdaptiveEce);
}
