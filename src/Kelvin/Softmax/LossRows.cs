using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Softmax;

/// <summary>Cross-entropy with z-loss in place of the logits: one pass of exp gives the loss, the gradient and every statistic.</summary>
/// <remarks>L = w (−log p_label + c (log Z)²), ∂L/∂z = w (p (1 + 2 c log Z) − [label]).</remarks>
internal static class LossRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns rows of logits, <paramref name="stride"/> apart, into gradients; returns −log p_label of each, unweighted.</summary>
    public static void Run(
        Span<T> rows, int stride, int columns, ReadOnlySpan<int> labels, double weight, double zCoefficient, Span<SoftmaxStatistics> statistics, Span<double> losses)
    {
        var scale = new RowScale<T>(1);
        Span<RowMoments> batch = stackalloc RowMoments[RowDescriptions.Batch];
        Span<double> distances = stackalloc double[RowDescriptions.Batch];
        Span<T> exps = stackalloc T[RowDescriptions.Batch];
        for (int start = 0; start < labels.Length; start += batch.Length)
        {
            int count = Math.Min(batch.Length, labels.Length - start);
            for (int r = 0; r < count; r++)
            {
                Span<T> row = rows.Slice((start + r) * stride, columns);
                ref T atLabel = ref row[labels[start + r]];
                batch[r] = LongRows<TLanes, T>.Begin(row, ref scale);
                distances[r] = PlainRow.Distance(double.CreateTruncating(atLabel), batch[r].Max, 1);
                LongRows<TLanes, T>.Sum<RowModes.Full>(row, 1, ref scale, row, ref batch[r]);
                exps[r] = atLabel;
            }

            Span<SoftmaxStatistics> described = statistics.Slice(start, count);
            RowDescriptions.Write(batch, 1, described);
            for (int r = 0; r < count; r++)
            {
                int at = start + r;
                losses[at] = Finish(
                    rows.Slice(at * stride, columns), labels[at], weight, zCoefficient, batch[r], distances[r], double.CreateTruncating(exps[r]), described[r].LogSumExp);
            }
        }
    }

    /// <summary>Exps become the gradient. The entry of the label is computed from the others, not by subtraction from 1.</summary>
    private static double Finish(
        Span<T> row, int label, double weight, double zCoefficient, in RowMoments moments, double distance, double expOfLabel, double logZ)
    {
        if (moments.IsPeculiar)
        {
            row.Fill(T.NaN);
            return double.NaN;
        }

        double s = 1 + moments.Tail;
        double pull = 2 * zCoefficient * logZ;
        double largest = weight * (1 + pull) / s;
        TensorPrimitives.Multiply(row, T.CreateTruncating(largest), row);
        row[moments.ArgMax] = T.CreateTruncating(largest);
        bool isTop = label == moments.ArgMax;
        double hit = isTop ? -moments.Tail / s : (expOfLabel / s) - 1;
        double p = isTop ? 1 / s : expOfLabel / s;
        row[label] = T.CreateTruncating(weight * (hit + (pull * p)));
        return NearZero.LogOnePlus(moments.Tail) - distance;
    }
}
