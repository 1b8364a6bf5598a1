using System.Globalization;
using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Temperatures;

namespace Kelvin.Inspection.Pages;

/// <summary>How well the output head predicts the text, token by token and against the temperature.</summary>
internal static class OutputSection
{
    private const int MostTokens = 600;

    public static Section Of(OutputCalibration output, IReadOnlyList<string> pieces)
    {
        var blocks = new List<Block> { Numbers(output), new BlockGrid([Likelihood(output), Error(output)]) };
        if (output.Fit is { } fit)
            blocks.Add(Diagram(fit));
        blocks.Add(Strip(output, pieces));
        return new Section("The output head and the text", blocks) { Lead = InspectionWords.Output(output) };
    }

    private static KeyNumbers Numbers(OutputCalibration output)
    {
        CalibrationMetrics plain = output.Ladder.Single(step => step.Temperature == 1).Metrics;
        CalibrationAtTemperature best = output.Ladder.MinBy(step => step.Metrics.Nll)!;
        return new KeyNumbers(
        [
            new("NLL a token", Cell.Number(output.Nll), string.Create(CultureInfo.InvariantCulture, $"nat; perplexity {Math.Exp(output.Nll):G4}")),
            new("First guess right", Cell.Percent(output.Accuracy), string.Create(CultureInfo.InvariantCulture, $"of {output.Labels} tokens")),
            new("Calibration error", Cell.Percent(plain.Ece), string.Create(CultureInfo.InvariantCulture, $"at T = 1, {plain.Bins} bins")),
            new("Best of the ladder", Cell.Number(best.Temperature), string.Create(CultureInfo.InvariantCulture, $"temperature, with {best.Metrics.Nll:0.000} nat")),
        ]);
    }

    private static LineChart Likelihood(OutputCalibration output) => new()
    {
        Title = "NLL against temperature",
        Caption = "The lowest point is the temperature that predicts this text best.",
        X = new Axis("Temperature"),
        Y = new Axis("NLL", "nat"),
        Series = [Line("NLL", output, metrics => metrics.Nll)],
    };

    private static LineChart Error(OutputCalibration output) => new()
    {
        Title = "Calibration error against temperature",
        Caption = "ECE over bins of equal width and over groups of equal size; biased upward on few tokens.",
        X = new Axis("Temperature"),
        Y = new Axis("ECE") { Min = 0, Form = NumberForm.Percent },
        Series = [Line("ECE", output, metrics => metrics.Ece), Line("adaptive ECE", output, metrics => metrics.AdaptiveEce)],
    };

    private static LineSeries Line(string name, OutputCalibration output, Func<CalibrationMetrics, double> of) =>
        new(name, [.. output.Ladder.Select(step => step.Temperature)], [.. output.Ladder.Select(step => of(step.Metrics))]) { HasPoints = true };

    private static ReliabilityChart Diagram(CalibrationReport fit) => new()
    {
        Title = "Reliability",
        Caption = "Tokens that the temperature was not fitted to. On the diagonal, a confidence of 80 % is right 8 times in 10.",
        Height = ChartHeight.Large,
        Series =
        [
            new("T = 1", Bins(fit.Before)) { Color = Palette.Bad },
            new("fitted temperature", Bins(fit.After)) { Color = Palette.Good },
        ],
    };

    private static ReliabilityPoint[] Bins(CalibrationMetrics metrics) =>
        [.. metrics.ReliabilityDiagram.Select(bin => new ReliabilityPoint(bin.Low, bin.High, bin.Count, bin.MeanConfidence, bin.Accuracy))];

    private static TokenStrip Strip(OutputCalibration output, IReadOnlyList<string> pieces) => new(
        "How surprising each token was",
        [.. pieces.Take(MostTokens).Select((piece, i) => i == 0
            ? new TokenMark(piece, double.NaN, "the first token is not predicted")
            : new TokenMark(piece, Surprise(output.Losses[i - 1]), string.Create(CultureInfo.InvariantCulture, $"{output.Losses[i - 1]:0.00} nat")))])
    {
        ValueName = "−log p (nat)",
        Caption = pieces.Count > MostTokens
            ? string.Create(CultureInfo.InvariantCulture, $"The first {MostTokens} of {pieces.Count} tokens; dark ones the model did not expect.")
            : "Dark tokens the model did not expect.",
    };

    private static double Surprise(double loss) => double.IsFinite(loss) ? Math.Max(0, loss) : double.NaN;
}
