using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Log-probabilities of a range of rows.</summary>
internal readonly struct LogProbabilityRows<T>(
    ReadOnlyMatrixView<T> logits, double temperature, MatrixView<T> logProbabilities, RowMask mask)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        ReadOnlySpan<T> z = logits.Span;
        Span<T> logP = logProbabilities.Span;
        for (int i = start; i < end; i++)
        {
            int kept = mask.Kept(i, logits.Columns);
            Span<T> row = logP.Slice(i * logProbabilities.Stride, logits.Columns);
            if (kept > 0)
                kernels.LogProbabilities(z.Slice(i * logits.Stride, kept), temperature, row[..kept]);
            row[kept..].Fill(T.NegativeInfinity);
        }
    }
}
