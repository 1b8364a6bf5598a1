using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>All weights of a model, or their gradients, as views on a flat block.</summary>
internal sealed class ModelWeights<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ModelWeights(TransformerConfig config, TransformerLayout layout, Memory<T> block)
    {
        Tokens = layout.Matrix(block, WeightRole.TokenEmbedding, 0);
        Positions = layout.Matrix(block, WeightRole.PositionEmbedding, 0);
        Layers = [.. Enumerable.Range(0, config.Layers).Select(layer => new LayerWeights<T>(config, layout, block, layer))];
        FinalNorm = layout.Vector(block, WeightRole.FinalNorm, 0);
        FinalNormBias = layout.Vector(block, WeightRole.FinalNormBias, 0);
        Head = config.HasTiedEmbeddings ? Tokens : layout.Matrix(block, WeightRole.Output, 0);
    }

    public MatrixView<T> Tokens { get; }

    public MatrixView<T> Positions { get; }

    public LayerWeights<T>[] Layers { get; }

    public Memory<T> FinalNorm { get; }

    public Memory<T> FinalNormBias { get; }

    /// <summary>The output head, [V, D]: the token embedding itself where they are tied.</summary>
    public MatrixView<T> Head { get; }
}
