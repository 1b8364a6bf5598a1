using Kelvin.Softmax;

namespace Kelvin.Inspection.Sites;

/// <summary>One softmax of a model with the vitals of its rows, as a whole and for each head.</summary>
public sealed record SoftmaxSite
{
    /// <summary>What it is called: the node's name, or the name of its output where the node has none.</summary>
    public required string Label { get; init; }

    /// <summary>The name of the node or module, as it stands in the model; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>The operator, such as "Softmax".</summary>
    public required string Operator { get; init; }

    /// <summary>What it is for.</summary>
    public required SiteKind Kind { get; init; }

    /// <summary>Number of the attention layer in the model's order, from 0; null for what is no attention.</summary>
    public int? Layer { get; init; }

    /// <summary>Name of the logits' tensor; empty where they have none.</summary>
    public required string Logits { get; init; }

    /// <summary>Name of the probabilities' tensor.</summary>
    public required string Probabilities { get; init; }

    /// <summary>The dimension that is normalised, from 0.</summary>
    public required int Axis { get; init; }

    /// <summary>Shape of the logits.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Entries of a row.</summary>
    public required int RowLength { get; init; }

    /// <summary>False if only probabilities were to be had: largest logits and log-sum-exps are then NaN.</summary>
    public required bool HasLogits { get; init; }

    /// <summary>Largest |p − softmax(z)| between the model's own probabilities and Kelvin's; NaN where there is nothing to compare.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The vitals over all rows.</summary>
    public required HeadVitals Whole { get; init; }

    /// <summary>The vitals of each head: logits of four dimensions, cut along the second one once the axis stands last. Empty otherwise.</summary>
    public required IReadOnlyList<HeadVitals> Heads { get; init; }

    /// <summary>The statistics of every row in the order of memory once the axis stands last; empty unless asked for.</summary>
    public ReadOnlyMemory<SoftmaxStatistics> Rows { get; init; }

    /// <summary>How it is called in a sentence: label, and layer if it has one.</summary>
    public string Title => Layer is { } layer ? FormattableString.Invariant($"layer {layer} ({Label})") : Label;
}
