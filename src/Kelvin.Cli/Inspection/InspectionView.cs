using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Inspection;
using Kelvin.Inspection.Sites;

namespace Kelvin.Cli.Inspection;

/// <summary>Prints an inspection: the answer in a sentence, a line a softmax, the heads that stand out, the findings.</summary>
internal static class InspectionView
{
    private const int MostHeads = 16;
    private const int MostFindings = 12;

    public static void Write(CliHost host, InspectionReport report)
    {
        host.Write(InspectionWords.Headline(report));
        if (report.Inputs.Count > 0)
            host.Write(string.Join("\n", report.Inputs.Select(input => $"Input {input.Name}: {input.Type} [{string.Join(", ", input.Shape)}], {input.Origin}.")));
        if (report.Inputs.Any(input => input.Origin.StartsWith("generated", StringComparison.Ordinal)))
            host.Write(string.Create(CultureInfo.InvariantCulture, $"Generated inputs are of seed {report.Seed}; real ones say more."));
        if (report.Sites.Count > 0)
        {
            host.Write("");
            Sites(report.Sites).Write(host);
            host.Write("A number before a name is the layer. Means over rows, of k entries each; H/log k\nand sat (p > 0.99) over rows with a choice; logit: the largest; T: effective\ntemperature, that of standardised logits with the same entropy.");
        }

        HeadMap.Write(host, report);

        WriteHeads(host, report);
        if (report.Output is { } output)
            host.Write($"\n{InspectionWords.Output(output)}");
        WriteFindings(host, report.Findings);
        host.Write($"\n{InspectionWords.Memory(report)}");
    }

    private static TextTable Sites(IReadOnlyList<SoftmaxSite> sites)
    {
        var table = new TextTable("softmax", "kind", "heads", "rows", "k", "H/log k", "max p", "sat", "logit", "T");
        foreach (SoftmaxSite site in sites)
        {
            table.Add(
                site.Layer is { } layer ? $"{Whole(layer)} {site.Label}" : site.Label,
                site.Kind.ToString().ToLowerInvariant(),
                site.Heads.Count == 0 ? "–" : Whole(site.Heads.Count),
                Whole(site.Whole.Rows),
                Whole(site.RowLength),
                Number(site.Whole.NormalizedEntropy.Mean),
                Number(site.Whole.MaxProbability.Mean),
                Share(site.Whole.SaturatedShare),
                Logit(site.Whole.Room.MaxLogit),
                Number(site.Whole.EffectiveTemperature));
        }

        return table;
    }

    private static void WriteHeads(CliHost host, InspectionReport report)
    {
        (SoftmaxSite Site, HeadVitals Head)[] all = [.. report.Attention.SelectMany(site => site.Heads.Select(head => (site, head))).Where(pair => pair.head.States.Count > 0)];
        if (all.Length == 0)
            return;

        host.Write("\nHeads that stand out:");
        var table = new TextTable("layer", "head", "H/log k", "max p", "sat", "sink", "logit", "T", "state");
        foreach ((SoftmaxSite site, HeadVitals head) in all.Take(MostHeads))
        {
            table.Add(
                Whole(site.Layer ?? 0),
                Whole(head.Head),
                Number(head.NormalizedEntropy.Mean),
                Number(head.MaxProbability.Mean),
                Share(head.SaturatedShare),
                string.Create(CultureInfo.InvariantCulture, $"{Share(head.SinkMass)} @{head.SinkIndex}"),
                Logit(head.Room.MaxLogit),
                Number(head.EffectiveTemperature),
                InspectionWords.States(head));
        }

        table.Write(host);
        host.Write("sink: the mean attention of the favourite key, and which one it is.");
        if (all.Length > MostHeads)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"… and {all.Length - MostHeads} more; --html and --json show all."));
    }

    private static void WriteFindings(CliHost host, IReadOnlyList<InspectionFinding> findings)
    {
        if (findings.Count == 0)
            return;
        host.Write("");
        foreach (InspectionFinding finding in findings.Take(MostFindings))
        {
            string heads = finding.Heads.Count == 0 ? "" : $", {(finding.Heads.Count == 1 ? "head" : "heads")} {string.Join(", ", finding.Heads)}";
            host.Write($"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Site}{heads}: {finding.Sentence}. {finding.Remedy}");
        }

        if (findings.Count > MostFindings)
            host.Write(string.Create(CultureInfo.InvariantCulture, $"… and {findings.Count - MostFindings} more; --html and --json show all."));
    }

    private static string Logit(double value) => double.IsNaN(value) ? "–" : value.ToString(Math.Abs(value) >= 1000 ? "0" : "0.0", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("P0", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
