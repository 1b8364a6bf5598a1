using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Measures loss and accuracy over a set of any size, in blocks of the workspace's rows.</summary>
internal static class NetworkEvaluation
{
    public static Evaluation Measure<T>(
        TwoLayerNetwork<T> network, TrainingSet<T> set, LossKind kind, NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LossOptions sum = kind == LossKind.Squared ? LossOptions.Theory : LossOptions.SumOfCrossEntropy;
        double loss = 0;
        long hits = 0;
        for (int start = 0; start < set.Rows; start += workspace.Capacity)
        {
            int rows = Math.Min(workspace.Capacity, set.Rows - start);
            NetworkPass.Forward(network, set.Inputs.RowRange(start, rows), workspace, threads);
            if (set.HasLabels)
            {
                hits += Hits(workspace.Outputs, set.Labels.Span.Slice(start, rows));
                loss += LossKernels.OfLabels(sum, workspace, set.Labels.Slice(start, rows), threads);
            }
            else
            {
                loss += LossKernels.OfTargets(sum, workspace, set.Targets.RowRange(start, rows));
            }
        }

        return new Evaluation(loss / set.Rows, set.HasLabels ? (double)hits / set.Rows : double.NaN);
    }

    private static int Hits<T>(MatrixView<T> outputs, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int hits = 0;
        for (int i = 0; i < labels.Length; i++)
            hits += TensorPrimitives.IndexOfMax<T>(outputs.Row(i)) == labels[i] ? 1 : 0;
        return hits;
    }
}
