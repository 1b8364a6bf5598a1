using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Statistics of a range of rows.</summary>
internal readonly struct StatisticsRows<T>(
    ReadOnlyMatrixView<T> logits, double temperature, Memory<SoftmaxStatistics> statistics, RowMask mask)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        ReadOnlySpan<T> z = logits.Span;
        Span<SoftmaxStatistics> vitals = statistics.Span;
        if (mask == RowMask.None)
        {
            kernels.StatisticsRows(z[(start * logits.Stride)..], logits.Stride, temperature, logits.Columns, vitals[start..end]);
            return;
        }

        for (int i = start; i < end; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            if (kept > 0)
                kernels.Statistics(z.Slice(i * logits.Stride, kept), temperature, out vitals[i]);
            else
                vitals[i] = SoftmaxStatistics.FullyMasked;
        }
    }
}
