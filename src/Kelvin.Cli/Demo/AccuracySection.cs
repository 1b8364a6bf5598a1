using Kelvin.Reports;
using Kelvin.Reports.Charts;
using Kelvin.Statistics;

namespace Kelvin.Cli.Demo;

/// <summary>The report's section on how well the networks classify.</summary>
internal static class AccuracySection
{
    public static Section Of(DemoResult result) => new("Accuracy", [Chart(result.Accuracies), Table(result)])
    {
        Lead = "Networks as one would use them: everything trained, AdamW in mini-batches, the learning rate chosen on the validation set, measured on images that nothing was chosen by.",
    };

    private static BarChart Chart(IReadOnlyList<AccuracyResult> results) => new()
    {
        Title = "Test accuracy",
        Caption = "Mean over seeds with 95 % intervals; note that the axis does not begin at 0.",
        CategoryName = "Measured on",
        Categories = ["test images"],
        Value = new Axis("Accuracy") { Form = NumberForm.Percent, Min = 0.95, Max = 1 },
        Series =
        [
            .. results.Select(one => new BarSeries(DemoWords.Of(one.Activation), [one.Test])
            {
                Low = [one.TestInterval.Low],
                High = [Math.Min(1, one.TestInterval.High)],
            }),
        ],
        Height = ChartHeight.Small,
    };

    private static DataTable Table(DemoResult result) => new(
        "Accuracy of the chosen networks",
        ["Activation", "Learning rate", "Seeds", "Validation", "Test", "Incidents"],
        [.. result.Accuracies.Select(Row)])
    {
        Caption = DemoWords.Text($"512 hidden units for softmax, 256 for the others; {result.Plan.AccuracyEpochs} epochs; brackets are 95 % intervals of the mean over seeds on one split."),
    };

    private static Cell[] Row(AccuracyResult result)
    {
        Interval interval = result.TestInterval;
        return
        [
            Cell.Named(DemoWords.Of(result.Activation), Palette.Of(DemoWords.Of(result.Activation))!.Value),
            result.LearningRate,
            Cell.Number(result.Runs.Count, NumberForm.Whole),
            Cell.Percent(result.Validation),
            Cell.Interval(result.Test, interval.Low, Math.Min(1, interval.High), NumberForm.Percent),
            Cell.Number(result.Runs.Sum(run => run.Incidents.Count), NumberForm.Whole),
        ];
    }
}
