using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>One block forward and back: x + attention(norm x), then that plus feed-forward(norm of it).</summary>
internal static class LayerPass
{
    public static void Forward<T>(in PassSettings<T> pass, LayerWeights<T> w, MatrixView<T> x, TransformerWorkspace<T> workspace, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerActivations<T> a = workspace.Layers[layer];
        int threads = pass.Threads;
        Norm(pass, x, w.AttentionNorm, w.AttentionNormBias, a.Normed, a.Norms);
        LinearLayer.Forward(a.Normed, w.AttentionInput, w.AttentionInputBias, a.Inputs, threads);
        SequenceRotation.Forward(pass, a.Inputs);
        if (pass.NormalisesQueriesAndKeys)
            RmsNorm.ForwardHeads(QueriesAndKeys(pass, a.Inputs), pass.Config.HeadSize, pass.Config.NormEpsilon, a.QueryKeyNorms, threads);
        SequenceAttention.Forward(pass, a, w.Sinks, workspace, layer);
        (MatrixView<T> heads, MatrixView<T> residual) = (workspace.HeadsBehind(layer), x);
        if (a.RowsBehind < a.Rows)
        {
            residual = a.Middle;
            workspace.Scored.Gather(a.Heads, heads);
            workspace.Scored.Gather(x, residual);
        }

        LinearLayer.ForwardOnto(heads, w.AttentionOutput, w.AttentionOutputBias, residual, a.Middle, threads);
        Norm(pass, a.Middle, w.FeedForwardNorm, w.FeedForwardNormBias, a.MiddleNormed, a.MiddleNorms);
        LinearLayer.Forward(a.MiddleNormed, w.FeedForwardInput, w.FeedForwardInputBias, a.Entries, threads);
        Activation.Forward<T>(pass.Config.Activation, a.Entries, a.Units, threads);
        LinearLayer.ForwardOnto(a.Units, w.Down, w.DownBias, a.Middle, a.Output, threads);
    }

    /// <summary>Turns the gradient of the block's output, in the workspace's stream, into that of its input x, and adds to those of its weights.</summary>
    public static void Backward<T>(in PassSettings<T> pass, LayerWeights<T> w, MatrixView<T> x, TransformerWorkspace<T> workspace, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerActivations<T> a = workspace.Layers[layer];
        LayerWeights<T> g = workspace.Gradients.Layers[layer];
        int threads = pass.Threads;
        BackwardBehind(pass, w, g, a, workspace, layer);
        if (a.RowsBehind < a.Rows)
        {
            workspace.Scored.Spread(workspace.HeadsGradient);
            workspace.Scored.Spread(workspace.Stream);
        }

        (MatrixView<T> inputs, MatrixView<T> normed) = (workspace.InputGradient, workspace.NormedGradient);
        SequenceAttention.Backward(pass, a, w.Sinks, workspace, g.Sinks);
        if (pass.NormalisesQueriesAndKeys)
            RmsNorm.BackwardHeads<T>(QueriesAndKeys(pass, a.Inputs), pass.Config.HeadSize, a.QueryKeyNorms, QueriesAndKeys(pass, inputs), threads);
        SequenceRotation.Backward(pass, inputs);
        LinearLayer.Backward(a.Normed, w.AttentionInput, inputs, normed, g.AttentionInput, g.AttentionInputBias, threads);
        NormBackward(pass, x, w.AttentionNorm, a.Norms, normed, workspace.Stream, g.AttentionNorm, g.AttentionNormBias);
    }

    /// <summary>Back to what the attention gave, over the rows that went on behind it.</summary>
    private static void BackwardBehind<T>(
        in PassSettings<T> pass, LayerWeights<T> w, LayerWeights<T> g, LayerActivations<T> a, TransformerWorkspace<T> workspace, int layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int rows, int threads) = (a.RowsBehind, pass.Threads);
        (MatrixView<T> stream, MatrixView<T> normed) = (workspace.Stream.RowRange(0, rows), workspace.NormedGradient.RowRange(0, rows));
        (MatrixView<T> units, MatrixView<T> entries) = (workspace.UnitGradient.RowRange(0, rows), workspace.EntryGradient.RowRange(0, rows));
        LinearLayer.Backward(a.Units, w.Down, stream, units, g.Down, g.DownBias, threads);
        Activation.Backward<T>(pass.Config.Activation, a.Entries, units, entries, threads);
        LinearLayer.Backward(a.MiddleNormed, w.FeedForwardInput, entries, normed, g.FeedForwardInput, g.FeedForwardInputBias, threads);
        NormBackward(pass, a.Middle, w.FeedForwardNorm, a.MiddleNorms, normed, stream, g.FeedForwardNorm, g.FeedForwardNormBias);
        LinearLayer.Backward(
            workspace.HeadsBehind(layer),
            w.AttentionOutput,
            stream,
            workspace.HeadsGradient.RowRange(0, rows),
            g.AttentionOutput,
            g.AttentionOutputBias,
            threads);
    }

    public static void Norm<T>(in PassSettings<T> pass, MatrixView<T> x, Memory<T> gain, Memory<T> shift, MatrixView<T> y, Memory<RowScaling<T>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Config.Norm == NormKind.Layer)
            LayerNorm.Forward<T>(x, gain, shift, pass.Config.NormEpsilon, y, rows, pass.Threads);
        else
            RmsNorm.Forward<T>(x, gain, pass.Config.NormEpsilon, y, rows, pass.Threads);
    }

    public static void NormBackward<T>(
        in PassSettings<T> pass,
        MatrixView<T> x,
        Memory<T> gain,
        Memory<RowScaling<T>> rows,
        MatrixView<T> dY,
        MatrixView<T> dX,
        Memory<T> dGain,
        Memory<T> dShift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pass.Config.Norm == NormKind.Layer)
            LayerNorm.Backward<T>(x, gain, rows, dY, dX, dGain, dShift, pass.Threads);
        else
            RmsNorm.Backward<T>(x, gain, rows, dY, dX, dGain, pass.Threads);
    }

    /// <summary>The part of a matrix of queries, keys and values that QK-norm changes.</summary>
    private static MatrixView<T> QueriesAndKeys<T>(in PassSettings<T> pass, MatrixView<T> inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        inputs.Block(0, 0, inputs.Rows, (pass.Config.Heads + pass.Config.KeyValueHeads) * pass.Config.HeadSize);
}
