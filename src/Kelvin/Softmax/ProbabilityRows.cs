using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Probabilities of a range of rows.</summary>
internal readonly struct ProbabilityRows<T>(
    ReadOnlyMatrixView<T> logits, double temperature, MatrixView<T> probabilities, RowMask mask)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        ReadOnlySpan<T> z = logits.Span;
        Span<T> p = probabilities.Span;
        if (mask == RowMask.None)
        {
            kernels.ProbabilityRows(
                z[(start * logits.Stride)..], logits.Stride, temperature, p[(start * probabilities.Stride)..], probabilities.Stride, logits.Columns, end - start);
            return;
        }

        for (int i = start; i < end; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            Span<T> row = p.Slice(i * probabilities.Stride, logits.Columns);
            if (kept > 0)
                kernels.Probabilities(z.Slice(i * logits.Stride, kept), temperature, row[..kept]);
            row[kept..].Clear();
        }
    }
}
