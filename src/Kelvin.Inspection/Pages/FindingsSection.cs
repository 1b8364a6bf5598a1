using System.Globalization;
using Kelvin.Reports;

namespace Kelvin.Inspection.Pages;

/// <summary>What deserves a look, as a table.</summary>
internal static class FindingsSection
{
    private const int Most = 60;

    public static Section Of(InspectionReport report)
    {
        IReadOnlyList<InspectionFinding> findings = report.Findings;
        if (findings.Count == 0)
            return new Section("Findings", [new Callout(CalloutKind.Good, "Nothing stands out", "No head is collapsed, saturated, uniform or sink-dominated, no logit is near a limit, and every softmax could be seen.")]);

        return new Section(
            "Findings",
            [
                new DataTable(
                    "What deserves a look",
                    ["Softmax", "What", "What to do"],
                    [.. findings.Take(Most).Select(Row)])
                {
                    Caption = findings.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"The first {Most} of {findings.Count}; `--json` has all.") : "",
                },
            ]);
    }

    private static Cell[] Row(InspectionFinding finding) =>
    [
        finding.Heads.Count == 0 ? finding.Site : $"{finding.Site}, {(finding.Heads.Count == 1 ? "head" : "heads")} {string.Join(", ", finding.Heads.Select(head => head.ToString(CultureInfo.InvariantCulture)))}",
        $"{finding.Severity switch { Severity.Critical => "● critical", Severity.Warning => "▲ warning", _ => "○ note" }}: {finding.Sentence}",
        finding.Remedy,
    ];
}
