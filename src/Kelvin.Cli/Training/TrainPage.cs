using System.Globalization;
using Kelvin.Cli.Calibration;
using Kelvin.Monitoring;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Training;

/// <summary>The page that <c>kelvin train</c> writes: how the run ended, its course, its incidents, its calibration.</summary>
internal static class TrainPage
{
    public static ReportPage Of(TrainPlan plan, TrainData data, TrainSummary summary, IReadOnlyList<SeedResult> results) => new()
    {
        Title = plan.Name,
        Subtitle = "How the training went, what the monitor saw, and what the network's probabilities are worth.",
        Headline = summary.Verdict,
        Facts =
        [
            new("Data", $"{data.All.Name}, {Whole(data.All.Rows)} examples"),
            new("Network", Text($"{data.All.FeatureCount} → {plan.Config.Value.Network.Hidden} {plan.Config.Value.Network.Activation} → {data.All.ClassCount}")),
            new("Seeds", string.Join(", ", plan.Seeds)),
            new("Epochs", Whole(plan.Epochs)),
        ],
        Summary = [Health(summary), .. Calibrated(results)],
        Sections =
        [
            new("Seeds", [SeedTable(summary)]),
            new("Course", [.. Courses(results)]) { Lead = "One line a seed. Every measurement is in metrics.csv beside this page." },
            new("Incidents", [.. Incidents(results)]),
            .. Calibrations(results),
        ],
        Closing = $"Made by `kelvin train {plan.Config.File}`.",
    };

    private static SummaryItem Health(TrainSummary summary)
    {
        int incidents = summary.Seeds.Sum(seed => seed.Incidents.Count);
        return new SummaryItem(
            incidents == 0 && summary.Healthy ? Reports.Verdict.Held : Reports.Verdict.DidNotHold,
            "The training stayed healthy",
            incidents == 0 ? "The monitor found nothing to complain of." : Text($"Incidents opened: {incidents}, in {summary.Seeds.Count(seed => seed.Incidents.Count > 0)} of {summary.Seeds.Count} runs."))
        {
            SectionTitle = "Incidents",
        };
    }

    private static IEnumerable<SummaryItem> Calibrated(IReadOnlyList<SeedResult> results)
    {
        if (Chosen(results) is { Calibration: { } report })
            yield return CalibrationPage.Judgement(report) with { SectionTitle = "Calibration" };
    }

    private static IEnumerable<Section> Calibrations(IReadOnlyList<SeedResult> results)
    {
        if (Chosen(results) is { Calibration: { } report } chosen)
            yield return CalibrationPage.Section(report) with { Lead = Text($"Seed {chosen.Seed}, which did best on the validation set.") };
    }

    private static SeedResult Chosen(IReadOnlyList<SeedResult> results) =>
        results.MaxBy(result => result.Training.Best?.Accuracy ?? double.NegativeInfinity) ?? results[0];

    private static DataTable SeedTable(TrainSummary summary) => new(
        "How each seed ended",
        ["Seed", "Ended", "Epochs", "Validation accuracy", "Test accuracy", "Test loss", "Temperature", "Incidents"],
        [.. summary.Seeds.Select(seed => (IReadOnlyList<Cell>)
        [
            Cell.Number(seed.Seed, NumberForm.Whole),
            TrainWords.Ending(seed.Status),
            Cell.Number(seed.Epochs, NumberForm.Whole),
            seed.BestValidation is { } best ? Cell.Percent(best.Accuracy) : "–",
            Cell.Percent(seed.TestAccuracy),
            seed.TestLoss,
            seed.Calibration is { } calibration ? calibration.Temperature : "–",
            Cell.Number(seed.Incidents.Count, NumberForm.Whole),
        ])]);

    private static IEnumerable<Block> Courses(IReadOnlyList<SeedResult> results)
    {
        yield return Course(results, "Training loss", "Loss", "nat", Vitals.TrainLoss, "Mean loss of each batch; falling and then flat is healthy.");
        yield return Course(results, "Validation accuracy", "Accuracy", "", Vitals.EvalAccuracy, "Share of validation examples that are right.");
        yield return Course(results, "Gradient norm", "Norm", "", Vitals.GradientNorm, "A sudden rise comes before most losses blow up.");
        if (results.Any(result => result.Metrics.Column(Vitals.NormalizedEntropy).Values.Length > 0))
            yield return Course(results, "Entropy of the hidden softmax", "H / log m", "", Vitals.NormalizedEntropy, "1 is uniform, 0 is one-hot; near 0 nothing is learnt any more.");
    }

    private static LineChart Course(IReadOnlyList<SeedResult> results, string title, string axis, string unit, string series, string caption) => new()
    {
        Title = title,
        Caption = caption,
        X = new Axis("Step"),
        Y = new Axis(axis, unit),
        Series = [.. results.Select(result => Line(result, series))],
        Markers = [.. results.SelectMany(result => result.Incidents).Take(8).Select(incident =>
            new ChartMarker(incident.OpenedStep, incident.Cause, (Reports.Severity)(int)incident.Severity))],
    };

    private static LineSeries Line(SeedResult result, string series)
    {
        (double[] steps, double[] values) = result.Metrics.Column(series);
        return new LineSeries(Text($"seed {result.Seed}"), steps, values);
    }

    private static IEnumerable<Block> Incidents(IReadOnlyList<SeedResult> results)
    {
        bool any = false;
        foreach (SeedResult result in results)
        {
            foreach (Incident incident in result.Incidents)
            {
                any = true;
                yield return Card(incident, results.Count == 1 ? string.Empty : Text($"seed {result.Seed}"));
            }
        }

        if (!any)
            yield return new Callout(CalloutKind.Good, "Nothing found", "No detector of the monitor fired in any run.");
    }

    private static IncidentCard Card(Incident incident, string run) => new()
    {
        Severity = (Reports.Severity)(int)incident.Severity,
        Cause = incident.Cause,
        Title = incident.Title,
        Run = run,
        SinceStep = incident.SinceStep,
        OpenedStep = incident.OpenedStep,
        ClosedStep = incident.ClosedStep,
        Evidence = [.. incident.Evidence.Select(evidence => evidence.Text)],
        Remedy = incident.Remedy,
    };

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
