using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>The weights of one block, or their gradients, as views on a flat block of parameters. What the model lacks is empty.</summary>
internal sealed class LayerWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public LayerWeights(TransformerConfig config, TransformerLayout layout, Memory<T> block, int layer)
    {
        int inputs = (config.Heads + (2 * config.KeyValueHeads)) * config.HeadSize;
        int entries = config.IsGated ? 2 * config.FeedForwardWidth : config.FeedForwardWidth;
        WeightRole first = config.IsGated ? WeightRole.Gate : WeightRole.Up;
        WeightRole firstBias = config.IsGated ? WeightRole.GateBias : WeightRole.UpBias;
        AttentionNorm = layout.Vector(block, WeightRole.AttentionNorm, layer);
        AttentionNormBias = layout.Vector(block, WeightRole.AttentionNormBias, layer);
        AttentionInput = layout.Matrix(block, WeightRole.Query, layer, inputs);
        AttentionInputBias = layout.Vector(block, WeightRole.QueryBias, layer, inputs);
        AttentionOutput = layout.Matrix(block, WeightRole.AttentionOutput, layer);
        AttentionOutputBias = layout.Vector(block, WeightRole.AttentionOutputBias, layer);
        Sinks = layout.Vector(block, WeightRole.Sinks, layer);
        FeedForwardNorm = layout.Vector(block, WeightRole.FeedForwardNorm, layer);
        FeedForwardNormBias = layout.Vector(block, WeightRole.FeedForwardNormBias, layer);
        FeedForwardInput = layout.Matrix(block, first, layer, entries);
        FeedForwardInputBias = layout.Vector(block, firstBias, layer, entries);
        Down = layout.Matrix(block, WeightRole.Down, layer);
        DownBias = layout.Vector(block, WeightRole.DownBias, layer);
    }

    public Memory<T> AttentionNorm { get; }

    public Memory<T> AttentionNormBias { get; }

    /// <summary>Query, key and value, one below the other: [(H + 2 K)·d, D].</summary>
    public MatrixView<T> AttentionInput { get; }

    public Memory<T> AttentionInputBias { get; }

    public MatrixView<T> AttentionOutput { get; }

    public Memory<T> AttentionOutputBias { get; }

    public Memory<T> Sinks { get; }

    public Memory<T> FeedForwardNorm { get; }

    public Memory<T> FeedForwardNormBias { get; }

    /// <summary>Gate above up, or up alone: [2 F or F, D].</summary>
    public MatrixView<T> FeedForwardInput { get; }

    public Memory<T> FeedForwardInputBias { get; }

    public MatrixView<T> Down { get; }

    public Memory<T> DownBias { get; }
}
