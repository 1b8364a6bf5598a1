using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>The demo's report: what held and what did not, then the sections that show why.</summary>
internal static class DemoPage
{
    public static ReportPage Of(DemoResult result, IReadOnlyList<DemoFinding> findings, TimeSpan elapsed) => new()
    {
        Title = "Kelvin demo: softmax, exp and ReLU on handwritten digits",
        Subtitle = "What does a softmax do for a network in training, what does it cost, and does Kelvin see trouble coming?",
        Headline = DemoText.Headline(result),
        Facts =
        [
            new("Data", DemoWords.Text($"{result.Data.Rows} digits of 8 × 8 pixels, split {result.Data.Split.Train.Length} / {result.Data.Split.Validation.Length} / {result.Data.Split.Test.Length}")),
            new("Stability runs", DemoWords.Text($"{result.Runs.Count}, with {result.Plan.StabilitySeeds} seeds from {result.Plan.Seed}")),
            new("Classifiers", DemoWords.Text($"{result.Accuracies.Sum(one => one.Runs.Count)}, with {result.Plan.AccuracySeeds} seeds")),
            new("Time", DemoWords.Text($"{elapsed.TotalSeconds:0} s")),
        ],
        Summary = [.. findings.Select(Item)],
        Sections = [RunsSection.Of(result), VitalsSection.Of(result), MechanismsSection.Of(result), KernelSection.Of(result), AccuracySection.Of(result), .. CalibrationSections.Of(result), AnswerSection.Of(result), MethodSection.Of(result)],
        Closing = result.Plan.IsQuick ? "Made by `kelvin demo --quick`; the numbers are in demo.json beside this page." : "Made by `kelvin demo`; the numbers are in demo.json beside this page.",
    };

    private static SummaryItem Item(DemoFinding finding) => new(finding.Verdict, finding.Claim, finding.Detail)
    {
        Condition = finding.Condition,
        SectionTitle = finding.Section,
    };
}
