using Kelvin.Softmax;
using Kelvin.Transformers.Models;

namespace Kelvin.Transformers.Training;

/// <summary>What one training step measured, as a by-product of taking it.</summary>
public readonly record struct TransformerStep
{
    /// <summary>1 for the first step of the run.</summary>
    public required long Step { get; init; }

    /// <summary>The pass through the data that the step belongs to, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Scored tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Mean cross-entropy per scored token before the update, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>Mean c (log Z)² of the z-loss; 0 without one.</summary>
    public required double ZPenalty { get; init; }

    /// <summary>η of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>‖g‖₂ over all parameters, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>‖Δw‖₂/‖w‖₂ over all parameters; NaN if no update was made.</summary>
    public required double UpdateRatio { get; init; }

    /// <summary>‖w‖₂ over all parameters, before the update.</summary>
    public required double WeightNorm { get; init; }

    /// <summary>Number of gradient entries that are NaN or infinite.</summary>
    public required long NonFinite { get; init; }

    /// <summary>Heads whose weights QK-clip scaled after the step.</summary>
    public required int ClippedHeads { get; init; }

    /// <summary>The output softmax over the scored tokens.</summary>
    public required SoftmaxSummary Output { get; init; }

    /// <summary>Every attention head, layer after layer: head h of layer l is at l·heads + h. Overwritten by the next step.</summary>
    public required ReadOnlyMemory<HeadVitals> Heads { get; init; }
}
