using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>What one training step measured, as a by-product of taking it.</summary>
public readonly record struct TrainingStep
{
    /// <summary>1 for the first step of the run.</summary>
    public required long Step { get; init; }

    /// <summary>The pass through the data that the step belongs to, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss per example of the batch, before the update; nats for cross-entropy.</summary>
    public required double Loss { get; init; }

    /// <summary>η of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>‖g‖₂ over all trained parameters, before clipping, of the loss as reduced (mean or sum).</summary>
    public required double GradientNorm { get; init; }

    /// <summary>‖Δw‖₂/‖w‖₂ over all trained parameters; NaN if no update was made, ∞ if all were 0.</summary>
    public required double UpdateRatio { get; init; }

    /// <summary>‖w‖₂ over all trained parameters, before the update.</summary>
    public required double WeightNorm { get; init; }

    /// <summary>
    /// Share of hidden units that did nothing for any example of the batch, from 0 to 1: output 0 for ReLU, below 0.001 in size for GELU. NaN
    /// for softmax and exp.
    /// </summary>
    public required double DeadShare { get; init; }

    /// <summary>Number of gradient entries that are NaN or infinite.</summary>
    public required long NonFinite { get; init; }

    /// <summary>The hidden softmax rows of the batch; all NaN for other activations.</summary>
    public required SoftmaxSummary Hidden { get; init; }

    /// <summary>The rows softmax(F) of the batch; all NaN for the squared loss.</summary>
    public required SoftmaxSummary Output { get; init; }
}
