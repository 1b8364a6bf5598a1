using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Transformers.Models;

/// <summary>The output head and its loss, a block of scored rows at a time: the logits of a whole batch are never held.</summary>
internal static class HeadPass
{
    /// <summary>Measures the rows that have a label, and turns their losses into gradients: of the head, and of what the last norm gave.</summary>
    /// <param name="pass">Threads and z-loss.</param>
    /// <param name="head">The output head, [V, D].</param>
    /// <param name="labels">Shape [n]; below 0 where a row is not scored.</param>
    /// <param name="weight">w of each row.</param>
    /// <param name="workspace">Holds what the last norm gave; its <see cref="TransformerWorkspace{T}.NormedGradient"/> is overwritten.</param>
    /// <param name="statistics">Room for each scored row, in their order.</param>
    /// <param name="losses">Likewise.</param>
    /// <returns>How many rows were scored.</returns>
    public static int Run<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        ReadOnlySpan<int> labels,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        workspace.NormedGradient.Span.Clear();
        int scored = 0;
        for (int row = 0; row < labels.Length;)
        {
            int rows = Gather(labels, ref row, workspace);
            Block(pass, head, rows, weight, workspace, statistics.Slice(scored, rows), losses.Slice(scored, rows));
            scored += rows;
        }

        return scored;
    }

    /// <summary>The same without gradients.</summary>
    public static int Measure<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        ReadOnlySpan<int> labels,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int scored = 0;
        for (int row = 0; row < labels.Length;)
        {
            int rows = Gather(labels, ref row, workspace);
            Losses(pass, head, rows, 0, workspace, statistics.Slice(scored, rows), losses.Slice(scored, rows));
            scored += rows;
        }

        return scored;
    }

    /// <summary>Collects the next scored rows, up to a block of them.</summary>
    private static int Gather<T>(ReadOnlySpan<int> labels, ref int row, TransformerWorkspace<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0;
        for (; row < labels.Length && count < workspace.HeadRows; row++)
        {
            if (labels[row] < 0)
                continue;
            workspace.Normed.Row(row).CopyTo(workspace.HeadInput.Row(count));
            (workspace.Labels[count], workspace.Places[count]) = (labels[row], row);
            count++;
        }

        return count;
    }

    private static void Block<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        int rows,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> logits = Losses(pass, head, rows, weight, workspace, statistics, losses);
        MatrixView<T> gradient = workspace.HeadInputGradient.RowRange(0, rows);
        LinearLayer.Backward(workspace.HeadInput.RowRange(0, rows), head, logits, gradient, workspace.Gradients.Head, default, pass.Threads);
        for (int i = 0; i < rows; i++)
            gradient.Row(i).CopyTo(workspace.NormedGradient.Row(workspace.Places[i]));
    }

    /// <summary>Logits, turned into their gradients.</summary>
    private static MatrixView<T> Losses<T>(
        in PassSettings<T> pass,
        MatrixView<T> head,
        int rows,
        double weight,
        TransformerWorkspace<T> workspace,
        Memory<SoftmaxStatistics> statistics,
        Memory<double> losses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> logits = workspace.Logits.RowRange(0, rows);
        LinearLayer.Forward(workspace.HeadInput.RowRange(0, rows), head, default, logits, pass.Threads);
        TokenLoss.ForwardBackward(logits, workspace.Labels.AsMemory(0, rows), weight, pass.Remedies.ZLoss, statistics, losses, pass.Threads);
        return logits;
    }
}
