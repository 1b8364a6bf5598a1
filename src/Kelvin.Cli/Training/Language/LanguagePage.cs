using System.Globalization;
using Kelvin.Datasets.Tasks;
using Kelvin.Monitoring;
using Kelvin.Reports;
using Kelvin.Reports.Charts;

namespace Kelvin.Cli.Training.Language;

/// <summary>The page that <c>kelvin train</c> writes for a transformer: how the run ended, its course, every head, its incidents.</summary>
internal static class LanguagePage
{
    public static ReportPage Of(LanguagePlan plan, LanguageData data, LanguageSummary summary, IReadOnlyList<LanguageResult> results)
    {
        CourseLine[] lines = [.. results.Select(result => new CourseLine(result.Seed, result.Metrics, result.Incidents))];
        return new ReportPage
        {
            Title = plan.Place.Name,
            Subtitle = "How the training went, what every attention head did, and what the monitor saw.",
            Headline = summary.Verdict,
            Facts =
            [
                new("Data", Text($"{data.Name}, {data.Train.Count} sequences of {data.Train.Length} tokens")),
                new("Model", Text($"{data.Model.Layers} layers of width {data.Model.Width}, {data.Model.Heads} heads, {summary.Parameters} parameters")),
                new("Seeds", string.Join(", ", plan.Place.Seeds)),
                new("Steps", Text($"{plan.Steps}")),
            ],
            Summary = [TrainPage.Health(summary.Healthy, [.. results.Select(result => result.Incidents.Count)])],
            Sections =
            [
                new("Seeds", [SeedTable(summary)]),
                new("Course", [.. Courses(lines)]) { Lead = "One line a seed. Every measurement is in metrics.csv beside this page." },
                new("Heads", [.. results.SelectMany(result => Heads(data, result))]) { Lead = "Every attention head at the last step." },
                .. Accuracy(results),
                new("Incidents", [.. CourseBlocks.Incidents(lines)]),
            ],
            Closing = $"Made by `kelvin train {plan.Config.File}`.",
        };
    }

    private static DataTable SeedTable(LanguageSummary summary) => new(
        "How each seed ended",
        ["Seed", "Ended", "Steps", "Validation loss (nat)", "Validation accuracy", "Incidents"],
        [.. summary.Seeds.Select(seed => (IReadOnlyList<Cell>)
        [
            Cell.Number(seed.Seed, NumberForm.Whole),
            TrainWords.Ending(seed.Status),
            Cell.Number(seed.Steps, NumberForm.Whole),
            seed.ValidationLoss,
            Cell.Percent(seed.ValidationAccuracy),
            Cell.Number(seed.Incidents.Count, NumberForm.Whole),
        ])]);

    private static IEnumerable<Block> Courses(CourseLine[] lines)
    {
        yield return CourseBlocks.Chart(lines, "Training loss", "Loss", "nat", Vitals.TrainLoss, "Mean loss a scored token of each step; falling and then flat is healthy.");
        yield return CourseBlocks.Chart(lines, "Validation loss", "Loss", "nat", Vitals.EvalLoss, "Mean loss a token of the validation part; a rise while the training loss falls is learning by heart.");
        yield return CourseBlocks.Chart(lines, "Gradient norm", "Norm", "", Vitals.GradientNorm, "Before clipping. A sudden rise comes before most losses blow up.");
    }

    private static IEnumerable<Block> Heads(LanguageData data, LanguageResult result)
    {
        yield return HeadMap(data, result, "Entropy of the heads", Vitals.NormalizedEntropy, "H / log n", "1 attends to all keys alike, 0 to one.");
        yield return HeadMap(data, result, "Largest logit of the heads", Vitals.LogitMax, "Logit", "Past 100 the softmax is one-hot in practice.");
    }

    private static HeatmapChart HeadMap(LanguageData data, LanguageResult result, string title, string series, string axis, string caption) => new()
    {
        Title = Text($"{title}, seed {result.Seed}"),
        Caption = caption,
        ColumnName = "Head",
        Columns = [.. Enumerable.Range(0, data.Model.Heads).Select(head => Text($"{head}"))],
        RowName = "Layer",
        Rows = [.. Enumerable.Range(0, data.Model.Layers).Select(layer => Text($"{layer}"))],
        Value = new Axis(axis),
        Values = [.. Enumerable.Range(0, data.Model.Layers).Select(layer => (IReadOnlyList<double>)
            [.. Enumerable.Range(0, data.Model.Heads).Select(head => result.Metrics.Column(MetricsLog.ColumnOf(new Series(series, layer, head))).Values.LastOrDefault(double.NaN))])],
    };

    private static IEnumerable<Section> Accuracy(IReadOnlyList<LanguageResult> results)
    {
        if (results.FirstOrDefault(result => result.Accuracy.Count > 0) is not { } result)
            yield break;

        double[] temperatures = [.. result.Accuracy.Select(cell => cell.Temperature).Distinct()];
        IEnumerable<IGrouping<(TaskKind Task, TaskPhrasing Phrasing), AccuracyCell>> rows = result.Accuracy.GroupBy(cell => (cell.Task, cell.Phrasing));
        yield return new Section("Accuracy",
        [
            new DataTable(
                "Right answers by task, phrasing and temperature",
                ["Task", "Phrasing", .. temperatures.Select(t => (Column)(t == 0 ? "Greedy" : Text($"T = {t:0.##}")))],
                [.. rows.Select(row => (IReadOnlyList<Cell>)[AccuracyTable.Name(row.Key.Task), AccuracyTable.Name(row.Key.Phrasing), .. row.Select(cell => Cell.Percent(cell.Accuracy))])])
            {
                Caption = Text($"The probability that a sample is the answer to the character, in the mean over {result.Accuracy[0].Items} held-out items; seed {result.Seed}."),
            },
        ]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
