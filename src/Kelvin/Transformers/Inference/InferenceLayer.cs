using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>The weights of one block, those that read the same input one below the other. What the model lacks is empty.</summary>
internal sealed class InferenceLayer
{
    public InferenceLayer(WeightReading reading, int layer)
    {
        AttentionNorm = reading.Vector(layer, WeightRole.AttentionNorm);
        AttentionNormBias = reading.Vector(layer, WeightRole.AttentionNormBias);
        AttentionInput = reading.Matrix(layer, WeightRole.Query, WeightRole.Key, WeightRole.Value);
        AttentionInputBias = reading.Vector(layer, WeightRole.QueryBias, WeightRole.KeyBias, WeightRole.ValueBias);
        AttentionOutput = reading.Matrix(layer, WeightRole.AttentionOutput);
        AttentionOutputBias = reading.Vector(layer, WeightRole.AttentionOutputBias);
        Sinks = reading.Vector(layer, WeightRole.Sinks);
        FeedForwardNorm = reading.Vector(layer, WeightRole.FeedForwardNorm);
        FeedForwardNormBias = reading.Vector(layer, WeightRole.FeedForwardNormBias);
        FeedForwardInput = reading.Matrix(layer, WeightRole.Gate, WeightRole.Up);
        FeedForwardInputBias = reading.Vector(layer, WeightRole.GateBias, WeightRole.UpBias);
        Down = reading.Matrix(layer, WeightRole.Down);
        DownBias = reading.Vector(layer, WeightRole.DownBias);
    }

    public float[] AttentionNorm { get; }

    public float[] AttentionNormBias { get; }

    /// <summary>Queries, keys, values: [(H + 2K)·d, D].</summary>
    public WeightMatrix AttentionInput { get; }

    public float[] AttentionInputBias { get; }

    public WeightMatrix AttentionOutput { get; }

    public float[] AttentionOutputBias { get; }

    public float[] Sinks { get; }

    public float[] FeedForwardNorm { get; }

    public float[] FeedForwardNormBias { get; }

    /// <summary>Gate above up, or up alone: [2F or F, D].</summary>
    public WeightMatrix FeedForwardInput { get; }

    public float[] FeedForwardInputBias { get; }

    public WeightMatrix Down { get; }

    public float[] DownBias { get; }

    /// <summary>Bytes of the matrices.</summary>
    public long Bytes => AttentionInput.Bytes + AttentionOutput.Bytes + FeedForwardInput.Bytes + Down.Bytes;
}
