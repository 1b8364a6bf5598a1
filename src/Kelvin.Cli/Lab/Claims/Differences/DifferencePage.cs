using Kelvin.Reports;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>The page of <c>kelvin lab claims --differences</c>.</summary>
internal static class DifferencePage
{
    public static ReportPage Of(LabRun run, IReadOnlyList<MeasuredDifference> differences) => new()
    {
        Title = "Where the numbers differ from the reference's",
        Subtitle = "Is a number another because of the setting, and of which part of it?",
        Headline = DifferenceText.Headline(differences),
        Facts = [new("First seed", LabWords.Text($"{run.Seed}")), new("Time", LabWords.Text($"{run.Elapsed.TotalSeconds:0} s"))],
        Sections = [.. differences.Select(Section)],
        Closing = "Made by `kelvin lab claims --differences`.",
    };

    private static Section Section(MeasuredDifference difference) => new(
        difference.Id,
        [
            new DataTable(
                difference.Measure,
                ["Setting", .. difference.Columns, "Seen with it"],
                [
                    .. difference.Steps.Select(step => (IReadOnlyList<Cell>)
                    [
                        step.Change,
                        .. step.Values.Select(value => double.IsFinite(value.Low)
                            ? Cell.Interval(value.Value, value.Low, value.High, difference.IsShare ? NumberForm.Percent : NumberForm.Plain)
                            : Cell.Number(value.Value)),
                        step.Remark,
                    ]),
                ]),
        ])
    {
        Lead = $"{difference.Question}. From the reference's setting to ours, one factor at a time; each line changes the one above.",
    };
}
