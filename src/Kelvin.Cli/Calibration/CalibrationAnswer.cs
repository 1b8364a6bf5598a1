using Kelvin.Temperatures;

namespace Kelvin.Cli.Calibration;

/// <summary>The JSON document of <c>kelvin calibrate --json</c>.</summary>
internal sealed record CalibrationAnswer
{
    public string Schema { get; } = "kelvin.calibrate/1";

    public required string File { get; init; }

    public required string Verdict { get; init; }

    /// <summary>What the logits are to be divided by; 1 if no temperature fits.</summary>
    public required double Temperature { get; init; }

    public required CalibrationOutcome Outcome { get; init; }

    public required int Classes { get; init; }

    public required int CalibrationRows { get; init; }

    public required int TestRows { get; init; }

    /// <summary>How the rows were dealt to calibration and test.</summary>
    public required string Split { get; init; }

    public required int Bins { get; init; }

    public required double Level { get; init; }

    public required int Resamples { get; init; }

    public required int Seed { get; init; }

    /// <summary>Measured on the calibration rows.</summary>
    public required BeforeAfter Calibration { get; init; }

    /// <summary>Measured on the test rows.</summary>
    public required BeforeAfter Test { get; init; }

    /// <summary>Metrics of the test rows with their intervals, by name.</summary>
    public required IReadOnlyDictionary<string, MetricChange> Changes { get; init; }

    public static CalibrationAnswer Of(string file, LogitParts table, CalibrationReport report) => new()
    {
        File = file,
        Verdict = CalibrationWords.Headline(report.Fit),
        Temperature = report.Fit.Outcome == CalibrationOutcome.Interior ? report.Fit.Temperature : 1,
        Outcome = report.Fit.Outcome,
        Classes = table.Classes,
        CalibrationRows = report.FittedBefore.Rows,
        TestRows = report.Before.Rows,
        Split = table.How,
        Bins = report.Before.Bins,
        Level = report.Resampling.Level,
        Resamples = report.Resampling.Resamples,
        Seed = report.Resampling.Seed,
        Calibration = new(report.FittedBefore, report.FittedAfter),
        Test = new(report.Before, report.After),
        Changes = new Dictionary<string, MetricChange>(StringComparer.Ordinal)
        {
            ["nll"] = report.Nll,
            ["ece"] = report.Ece,
            ["adaptiveEce"] = report.AdaptiveEce,
            ["brier"] = report.Brier,
        },
    };

    /// <summary>Metrics at temperature 1 and at the fitted one.</summary>
    internal sealed record BeforeAfter(CalibrationMetrics Before, CalibrationMetrics After);
}
