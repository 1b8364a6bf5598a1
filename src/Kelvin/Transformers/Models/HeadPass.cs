using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Transformers.Models;

/// <summary>The output head and its loss, a block of rows at a time: the logits of a whole batch are never held.</summary>
internal static class HeadPass
{
    /// <summary>Measures the scored rows, and turns their losses into gradients: of the head, and of what the last norm gave.</summary>
    /// <param name="pass">Threads and z-loss.</param>
    /// <param name="head">The output head, [V, D].</param>
    /// <param name="weight">w of each row.</param>
    /// <param name="workspace">Holds what the last norm gave; as many rows of its <see cref="TransformerWorkspace{T}.NormedGradient"/> are overwritten.</param>
    /// <param name="statistics">Room for each scored row, in their order.</param>
    /// <param name="losses">Likewise.</param>
    public static void Run<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int start = 0; start < workspace.Scored.Count; start += workspace.HeadRows)
        {
            MatrixView<T> logits = Losses(pass, head, start, weight, workspace, statistics, losses);
            LinearLayer.Backward(
                workspace.Normed.RowRange(start, logits.Rows),
                head,
                logits,
                workspace.NormedGradient.RowRange(start, logits.Rows),
                workspace.Gradients.Head,
                default,
                pass.Threads);
        }
    }

    /// <summary>The same without gradients.</summary>
    public static void Measure<T>(
        in PassSettings<T> pass, MatrixView<T> head, TransformerWorkspace<T> workspace, Memory<SoftmaxStatistics> statistics, Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int start = 0; start < workspace.Scored.Count; start += workspace.HeadRows)
            Losses(pass, head, start, 0, workspace, statistics, losses);
    }

    /// <summary>Logits of the scored rows from <paramref name="start"/> on, turned into their gradients.</summary>
    private static MatrixView<T> Losses<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        int start,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = Math.Min(workspace.HeadRows, workspace.Scored.Count - start);
        MatrixView<T> logits = workspace.Logits.RowRange(0, rows);
        LinearLayer.Forward(workspace.Normed.RowRange(start, rows), head, default, logits, pass.Threads);
        TokenLoss.ForwardBackward(
            logits,
            workspace.Scored.Labels.Slice(start, rows),
            weight,
            pass.Remedies.ZLoss,
            statistics.Slice(start, rows),
            losses.Slice(start, rows),
            pass.Threads);
        return logits;
    }
}
