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
        LinearLayer.ForwardOnto(a.Heads, w.AttentionOutput, w.AttentionOutputBias, x, a.Middle, threads);

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
        (MatrixView<T> stream, MatrixView<T> normed) = (workspace.Stream, workspace.NormedGradient);
        int threads = pass.Threads;
        LinearLayer.Backward(a.Units, w.Down, stream, workspace.UnitGradient, g.Down, g.DownBias, threads);
        Activation.Backward<T>(pass.Config.Activation, a.Entries, workspace.UnitGradient, workspace.EntryGradient, threads);
        LinearLayer.Backward(
            a.MiddleNormed, w.FeedForwardInput, workspace.EntryGradient, normed, g.FeedForwardInput, g.FeedForwardInputBias, threads);
        NormBackward(pass, a.Middle, w.FeedForwardNorm, a.MiddleNorms, normed, stream, g.FeedForwardNorm, g.FeedForwardNormBias);

        MatrixView<T> inputs = workspace.InputGradient;
        LinearLayer.Backward(a.Heads, w.AttentionOutput, stream, workspace.HeadsGradient, g.AttentionOutput, g.AttentionOutputBias, threads);
        SequenceAttention.Backward(pass, a, w.Sinks, workspace, g.Sinks);
        if (pass.NormalisesQueriesAndKeys)
            RmsNorm.BackwardHeads<T>(QueriesAndKeys(pass, a.Inputs), pass.Config.HeadSize, a.QueryKeyNorms, QueriesAndKeys(pass, inputs), threads);
        SequenceRotation.Backward(pass, inputs);
        LinearLayer.Backward(a.Normed, w.AttentionInput, inputs, normed, g.AttentionInput, g.AttentionInputBias, threads);
        NormBackward(pass, x, w.AttentionNorm, a.Norms, normed, stream, g.AttentionNorm, g.AttentionNormBias);
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
