using Kelvin.Inspection.Onnx.Wire;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Onnx;

/// <summary>How one softmax of a graph is made visible: the tensors to fetch, and the nodes that must be added for them.</summary>
internal sealed record SiteProbe
{
    /// <summary>The node that holds the softmax.</summary>
    public required NodeProto Node { get; init; }

    /// <summary>What it is for.</summary>
    public required SiteKind Kind { get; init; }

    /// <summary>Tensor of the logits.</summary>
    public required string Logits { get; init; }

    /// <summary>Tensor of the probabilities; empty where there is none to compare with.</summary>
    public required string Probabilities { get; init; }

    /// <summary>Whether the node's output are log-probabilities.</summary>
    public bool AreLogarithms { get; init; }

    /// <summary>The axis as written; negative counts from the end.</summary>
    public required long Axis { get; init; }

    /// <summary>Whether all dimensions from the axis on make one row.</summary>
    public bool IsFlattened { get; init; }

    /// <summary>Whether later keys are masked by Kelvin, since the fetched logits are those before the mask.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Nodes to be added to the graph.</summary>
    public IReadOnlyList<AddedNode> Added { get; init; } = [];

    /// <summary>The tensors to fetch.</summary>
    public IEnumerable<string> Fetched => new[] { Logits, Probabilities }.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
}
