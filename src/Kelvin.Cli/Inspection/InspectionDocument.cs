using Kelvin.Inspection;
using Kelvin.Inspection.Sites;

namespace Kelvin.Cli.Inspection;

/// <summary>The JSON document of <c>kelvin inspect --json</c>.</summary>
internal sealed record InspectionDocument
{
    public string Schema { get; } = "kelvin.inspect/1";

    public required string File { get; init; }

    public required string Format { get; init; }

    public required string Verdict { get; init; }

    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    public required IReadOnlyList<InspectedInput> Inputs { get; init; }

    public required int Seed { get; init; }

    /// <summary>The bounds that judged the heads.</summary>
    public object Bounds { get; } = new
    {
        HeadBounds.CollapsedEntropy,
        HeadBounds.UniformEntropy,
        HeadBounds.SaturatedProbability,
        HeadBounds.SaturatedShare,
        HeadBounds.SinkMass,
        HeadBounds.SinkExcess,
        HeadBounds.Float16Largest,
        HeadBounds.QkClip,
    };

    public required IReadOnlyList<Site> Softmaxes { get; init; }

    public required IReadOnlyList<HiddenSoftmax> NotVisible { get; init; }

    public required IReadOnlyList<InspectionFinding> Findings { get; init; }

    /// <summary>How well the output head predicts the text; null without one.</summary>
    public required OutputDocument? Output { get; init; }

    public required InspectionMemory Memory { get; init; }

    public static InspectionDocument Of(InspectionReport report) => new()
    {
        File = report.Source,
        Format = report.Format,
        Verdict = InspectionWords.Headline(report),
        Facts = report.Facts.ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
        Inputs = report.Inputs,
        Seed = report.Seed,
        Softmaxes = [.. report.Sites.Select(Site.Of)],
        NotVisible = report.Hidden,
        Findings = report.Findings,
        Output = report.Output is { } output ? OutputDocument.Of(output) : null,
        Memory = report.Memory,
    };

    /// <summary>One softmax.</summary>
    internal sealed record Site(
        string Label,
        string Node,
        string Operator,
        SiteKind Kind,
        int? Layer,
        string Logits,
        string Probabilities,
        int Axis,
        IReadOnlyList<long> Shape,
        int RowLength,
        bool HasLogits,
        double LargestDifference,
        HeadVitals All,
        IReadOnlyList<HeadVitals> Heads)
    {
        public static Site Of(SoftmaxSite site) => new(
            site.Label,
            site.Name,
            site.Operator,
            site.Kind,
            site.Layer,
            site.Logits,
            site.Probabilities,
            site.Axis,
            site.Shape,
            site.RowLength,
            site.HasLogits,
            site.LargestDifference,
            site.Whole,
            site.Heads);
    }
}
