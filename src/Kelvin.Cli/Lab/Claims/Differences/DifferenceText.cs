using Kelvin.Cli.Frame;
using Spectre.Console;

namespace Kelvin.Cli.Lab.Claims.Differences;

/// <summary>What <c>kelvin lab claims --differences</c> says on the terminal.</summary>
internal static class DifferenceText
{
    public static void Write(CliHost host, IReadOnlyList<MeasuredDifference> differences)
    {
        host.Write(Headline(differences));
        foreach (MeasuredDifference difference in differences)
        {
            host.Write($"\n{difference.Id}: {difference.Question}.\nHere: {difference.Measure}.\n");
            foreach (DifferenceStep step in difference.Steps)
            {
                host.Write($"- {step.Change}:");
                Indented(host, string.Join("; ", difference.Columns.Zip(step.Values, (name, value) => $"{name} {Value(difference, value)}")) + ".");
                if (step.Remark.Length > 0)
                    Indented(host, $"Seen with it: {step.Remark}.");
            }
        }
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(IReadOnlyList<MeasuredDifference> differences) =>
        LabWords.Text($"{differences.Count} numbers are not the reference's; each is followed from its setting to ours, one factor at a time.");

    private static void Indented(CliHost host, string text) => host.Write(new Padder(new Text(text), new Padding(2, 0, 0, 0)));

    private static string Value(MeasuredDifference difference, Estimate value) =>
        difference.IsShare ? LabWords.Percent(value) + " %" : LabWords.Number(value);
}
