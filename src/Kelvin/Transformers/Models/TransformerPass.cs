using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Transformers.Models;

/// <summary>A batch of sequences forward through a model, and its gradient back.</summary>
internal static class TransformerPass
{
    /// <summary>From tokens to what the last norm gives for every row, or, where there are labels, for each that has one.</summary>
    public static void Forward<T>(
        in PassSettings<T> pass, ModelWeights<T> weights, ReadOnlySpan<int> tokens, ReadOnlySpan<int> labels, TransformerWorkspace<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        workspace.Reserve(tokens.Length, labels);
        TokenEmbedding.Forward(tokens, pass.Starts.Span, weights.Tokens, weights.Positions, workspace.Embedded);
        for (int layer = 0; layer < pass.Config.Layers; layer++)
            LayerPass.Forward(pass, weights.Layers[layer], workspace.Before(layer), workspace, layer);
        LayerPass.Norm(pass, workspace.Before(pass.Config.Layers), weights.FinalNorm, weights.FinalNormBias, workspace.Normed, workspace.Norms);
    }

    /// <summary>Adds the gradient of Σ w·loss over the labelled rows to the workspace's; returns how many rows were scored.</summary>
    public static int Accumulate<T>(
        in PassSettings<T> pass,
        ModelWeights<T> weights,
        ReadOnlyMemory<int> tokens,
        ReadOnlySpan<int> labels,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Forward(pass, weights, tokens.Span, labels, workspace);
        HeadPass.Run(pass, weights.Head, weight, workspace, statistics, losses);
        ModelWeights<T> gradients = workspace.Gradients;
        int scored = workspace.Scored.Count;
        (MatrixView<T> normed, MatrixView<T> stream) = (workspace.NormedGradient.RowRange(0, scored), workspace.Stream.RowRange(0, scored));
        stream.Span.Clear();
        LayerPass.NormBackward(
            pass, workspace.Before(pass.Config.Layers), weights.FinalNorm, workspace.Norms, normed, stream, gradients.FinalNorm, gradients.FinalNormBias);
        for (int layer = pass.Config.Layers - 1; layer >= 0; layer--)
            LayerPass.Backward(pass, weights.Layers[layer], workspace.Before(layer), workspace, layer);
        TokenEmbedding.Backward(tokens, pass.Starts, workspace.Stream, gradients.Tokens, gradients.Positions, pass.Threads);
        return scored;
    }
}
