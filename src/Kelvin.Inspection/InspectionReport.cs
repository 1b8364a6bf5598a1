using Kelvin.Inspection.Sites;
using Kelvin.Reports;

namespace Kelvin.Inspection;

/// <summary>What was seen of every softmax of a model: the same for an ONNX graph and for a checkpoint.</summary>
public sealed record InspectionReport
{
    /// <summary>The file or folder as it was named.</summary>
    public required string Source { get; init; }

    /// <summary>What was read, such as "onnx".</summary>
    public required string Format { get; init; }

    /// <summary>Circumstances in words: operator set, runtime, nodes.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    /// <summary>What the model was run on.</summary>
    public required IReadOnlyList<InspectedInput> Inputs { get; init; }

    /// <summary>The seed of generated inputs.</summary>
    public required int Seed { get; init; }

    /// <summary>Every softmax that could be seen, in the model's order.</summary>
    public required IReadOnlyList<SoftmaxSite> Sites { get; init; }

    /// <summary>Every softmax that is there but could not be seen, each with the reason.</summary>
    public required IReadOnlyList<HiddenSoftmax> Hidden { get; init; }

    /// <summary>Where the heads that stand out most look; empty where it is not known.</summary>
    public IReadOnlyList<AttentionPattern> Patterns { get; init; } = [];

    /// <summary>How well the output head predicts the text; null without one.</summary>
    public OutputCalibration? Output { get; init; }

    /// <summary>The text of each token; empty where the model ran on no tokens.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = [];

    /// <summary>What the run held in memory.</summary>
    public required InspectionMemory Memory { get; init; }

    /// <summary>What deserves a look, the most severe first.</summary>
    public IReadOnlyList<InspectionFinding> Findings => InspectionFindings.Of(this);

    /// <summary>The sites that are attention.</summary>
    public IEnumerable<SoftmaxSite> Attention => Sites.Where(site => site.Kind == SiteKind.Attention);
}
