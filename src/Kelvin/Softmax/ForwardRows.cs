using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Probabilities and statistics of a range of rows.</summary>
internal readonly struct ForwardRows<T>(
    ReadOnlyMatrixView<T> logits, double temperature, MatrixView<T> probabilities, Memory<SoftmaxStatistics> statistics, RowMask mask)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        ReadOnlySpan<T> z = logits.Span;
        Span<T> p = probabilities.Span;
        Span<SoftmaxStatistics> vitals = statistics.Span;
        if (mask == RowMask.None)
        {
            kernels.ForwardRows(
                z[(start * logits.Stride)..], logits.Stride, temperature, p[(start * probabilities.Stride)..], probabilities.Stride, logits.Columns, vitals[start..end]);
            return;
        }

        for (int i = start; i < end; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            Span<T> row = p.Slice(i * probabilities.Stride, logits.Columns);
            if (kept > 0)
                kernels.Forward(z.Slice(i * logits.Stride, kept), temperature, row[..kept], out vitals[i]);
            else
                vitals[i] = SoftmaxStatistics.FullyMasked;
            row[kept..].Clear();
        }
    }
}
