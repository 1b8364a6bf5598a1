using System.Globalization;
using Kelvin.Cli.Calibration;
using Kelvin.Monitoring;
using Kelvin.Reports;

namespace Kelvin.Cli.Training;

/// <summary>The page that <c>kelvin train</c> writes: how the run ended, its course, its incidents, its calibration.</summary>
internal static class TrainPage
{
    public static ReportPage Of(TrainPlan plan, TrainData data, TrainSummary summary, IReadOnlyList<SeedResult> results)
    {
        CourseLine[] lines = [.. results.Select(result => new CourseLine(result.Seed, result.Metrics, result.Incidents))];
        return new ReportPage
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
            Summary = [Health(summary.Healthy, [.. results.Select(result => result.Incidents.Count)]), .. Calibrated(results)],
            Sections =
            [
                new("Seeds", [SeedTable(summary)]),
                new("Course", [.. Courses(results, lines)]) { Lead = "One line a seed. Every measurement is in metrics.csv beside this page." },
                new("Incidents", [.. CourseBlocks.Incidents(lines)]),
                .. Calibrations(results),
            ],
            Closing = $"Made by `kelvin train {plan.Config.File}`.",
        };
    }

    /// <summary>Whether every run stayed finite and without incident.</summary>
    /// <param name="isFinite">Whether every run reached the end with finite numbers.</param>
    /// <param name="incidents">How many incidents each run had.</param>
    public static SummaryItem Health(bool isFinite, IReadOnlyList<int> incidents)
    {
        int all = incidents.Sum();
        return new SummaryItem(
            all == 0 && isFinite ? Reports.Verdict.Held : Reports.Verdict.DidNotHold,
            "The training stayed healthy",
            all == 0 ? "The monitor found nothing to complain of." : Text($"Incidents opened: {all}, in {incidents.Count(count => count > 0)} of {incidents.Count} runs."))
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

    private static IEnumerable<Block> Courses(IReadOnlyList<SeedResult> results, CourseLine[] lines)
    {
        yield return CourseBlocks.Chart(lines, "Training loss", "Loss", "nat", Vitals.TrainLoss, "Mean loss of each batch; falling and then flat is healthy.");
        yield return CourseBlocks.Chart(lines, "Validation accuracy", "Accuracy", "", Vitals.EvalAccuracy, "Share of validation examples that are right.");
        yield return CourseBlocks.Chart(lines, "Gradient norm", "Norm", "", Vitals.GradientNorm, "A sudden rise comes before most losses blow up.");
        if (results.Any(result => result.Metrics.Column(Vitals.NormalizedEntropy).Values.Length > 0))
            yield return CourseBlocks.Chart(lines, "Entropy of the hidden softmax", "H / log m", "", Vitals.NormalizedEntropy, "1 is uniform, 0 is one-hot; near 0 nothing is learnt any more.");
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
