using System.Globalization;
using Kelvin.Inspection.Sites;
using Kelvin.Reports;

namespace Kelvin.Inspection.Pages;

/// <summary>The page of an inspection: what was found, the attention heads as heat maps, how the rows are spread, all numbers.</summary>
public static class InspectionPage
{
    /// <summary>Makes the page.</summary>
    public static ReportPage Of(InspectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(report.Source));
        return new ReportPage
        {
            Title = $"Every softmax of {name}",
            Subtitle = "Which heads attend, which have stopped, and how near are the logits to where arithmetic breaks?",
            Headline = InspectionWords.Headline(report),
            Facts = [.. report.Facts, new("Inputs", Inputs(report)), new("Seed", report.Seed.ToString(CultureInfo.InvariantCulture))],
            Sections = [.. Sections(report)],
            Closing = $"Made by `kelvin inspect {name}{(report.Memory.IsStreamed ? " --text TEXT" : "")} --html FILE`. {InspectionWords.Memory(report)}",
        };
    }

    private static IEnumerable<Section> Sections(InspectionReport report)
    {
        yield return FindingsSection.Of(report);
        if (report.Attention.Any(site => site.Heads.Count > 0))
            yield return HeatSection.Of(report);
        if (report.Patterns.Count > 0)
            yield return PatternsSection.Of(report);
        if (report.Output is { } output)
            yield return OutputSection.Of(output, report.Pieces);
        if (report.Sites.Count > 0)
        {
            yield return SpreadSection.Of(report);
            yield return NumbersSection.Of(report);
        }

        yield return Method(report);
    }

    private static Section Method(InspectionReport report) => new("How it was measured",
    [
        new Prose(
            (report.Memory.IsStreamed
                ? "The text went through the model one layer at a time, in float; the scores ⟨q, k⟩/√d of every head and the logits of the output head were taken where they enter their softmax, and the vitals computed from them in double."
                : "The logits and probabilities of every softmax became outputs of the graph, the model ran on the inputs named above, and the vitals were computed from the logits in double.")
            + "\n\n"
            + string.Create(
                CultureInfo.InvariantCulture,
                $"Heads are judged over the rows that have a choice of two keys or more. **Collapsed**: mean H / log k ≤ {HeadBounds.CollapsedEntropy}. **Saturated**: p > {HeadBounds.SaturatedProbability} in at least {HeadBounds.SaturatedShare:P0} of the rows. **Sink**: one key gets at least {HeadBounds.SinkMass:P0} of the attention and {HeadBounds.SinkExcess} times its even share. **Uniform**: mean H / log k ≥ {HeadBounds.UniformEntropy}.")
            + "\n\n**Effective temperature**: T at which softmax of standardised logits, (z − mean)/(T·std) row by row, has the same mean entropy as softmax of z. It says how sharp a head is, whatever the scale of its logits: 1/std of the logits of a row, suitably averaged; small is sharp."
            + "\n\nWhat a head does depends on the input: on other inputs these numbers are others."),
    ]);

    private static string Inputs(InspectionReport report) => report.Inputs.Count == 0
        ? "none: there was nothing to run"
        : string.Join("; ", report.Inputs.Select(input => $"{input.Name} {input.Type} [{string.Join(", ", input.Shape)}], {input.Origin}"));
}
