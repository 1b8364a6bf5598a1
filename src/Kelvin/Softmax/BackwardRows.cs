using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Gradients of a range of rows, from p or from log p.</summary>
internal readonly struct BackwardRows<T>(
    ReadOnlyMatrixView<T> outputs, ReadOnlyMatrixView<T> gradient, double temperature, MatrixView<T> dLogits, bool isLog)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        ReadOnlySpan<T> y = outputs.Span;
        ReadOnlySpan<T> g = gradient.Span;
        Span<T> dZ = dLogits.Span;
        if (!isLog)
        {
            kernels.BackwardRows(
                y[(start * outputs.Stride)..],
                outputs.Stride,
                g[(start * gradient.Stride)..],
                gradient.Stride,
                temperature,
                dZ[(start * dLogits.Stride)..],
                dLogits.Stride,
                outputs.Columns,
                end - start);
            return;
        }

        for (int i = start; i < end; i++)
        {
            ReadOnlySpan<T> output = y.Slice(i * outputs.Stride, outputs.Columns);
            ReadOnlySpan<T> from = g.Slice(i * gradient.Stride, outputs.Columns);
            Span<T> to = dZ.Slice(i * dLogits.Stride, outputs.Columns);
            kernels.LogBackward(output, from, temperature, to);
        }
    }
}
