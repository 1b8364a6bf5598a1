using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>The loss of the outputs in a workspace; leaves ∂L/∂F in <see cref="NetworkWorkspace{T}.OutputGradients"/>.</summary>
internal static class LossKernels
{
    public static double OfLabels<T>(LossOptions loss, NetworkWorkspace<T> workspace, ReadOnlyMemory<int> labels, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (loss.Kind == LossKind.Squared)
        {
            workspace.Outputs.CopyTo(workspace.OutputGradients);
            for (int i = 0; i < labels.Length; i++)
                workspace.OutputGradients[i, labels.Span[i]] -= T.One;
            return Squared(loss, workspace);
        }

        double mean = SoftmaxRows.CrossEntropy<T>(
            workspace.Outputs, labels, T.One, T.CreateChecked(loss.LabelSmoothing), workspace.OutputGradients, threads);
        if (loss.Reduction == LossReduction.Mean)
            return mean;

        Scale(workspace.OutputGradients, T.CreateChecked(labels.Length));
        return mean * labels.Length;
    }

    public static double OfTargets<T>(LossOptions loss, NetworkWorkspace<T> workspace, ReadOnlyMatrixView<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < targets.Rows; i++)
            TensorPrimitives.Subtract(workspace.Outputs.Row(i), targets.Row(i), workspace.OutputGradients.Row(i));
        return Squared(loss, workspace);
    }

    public static void CheckLabels(int rows, ReadOnlySpan<int> labels, int classes)
    {
        Require.That(rows > 0, "inputs has no rows, but a loss needs at least one example.", "inputs");
        Require.Length(labels, rows);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(nameof(labels), $"labels[{i}] is {labels[i]}, but must be from 0 to {classes - 1}.");
        }
    }

    public static void CheckTargets(int rows, int targetRows, int targetColumns, int outputs, LossOptions loss)
    {
        Require.That(rows > 0, "inputs has no rows, but a loss needs at least one example.", "inputs");
        Require.SameShape(rows, outputs, targetRows, targetColumns, "targets");
        Require.That(loss.Kind == LossKind.Squared, "Cross-entropy needs labels; real-valued targets need the squared loss.", nameof(loss));
    }

    /// <summary>OutputGradients holds F − Y; returns ½ Σ (F − Y)², as a mean over rows if asked for.</summary>
    private static double Squared<T>(LossOptions loss, NetworkWorkspace<T> workspace)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0.5 * Magnitude.SumOfSquares<T>(workspace.OutputGradients.Span);
        if (loss.Reduction == LossReduction.Sum)
            return sum;

        Scale(workspace.OutputGradients, T.One / T.CreateChecked(workspace.Rows));
        return sum / workspace.Rows;
    }

    private static void Scale<T>(MatrixView<T> matrix, T factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Multiply(matrix.Span, factor, matrix.Span);
}
