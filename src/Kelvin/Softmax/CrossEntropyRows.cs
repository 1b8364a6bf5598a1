using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Softmax;

/// <summary>Losses and gradients of a range of rows.</summary>
internal readonly struct CrossEntropyRows<T>(
    ReadOnlyMatrixView<T> logits, ReadOnlyMemory<int> labels, double temperature, double smoothing, MatrixView<T> dLogits, double[] losses)
    : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int start, int end)
    {
        RowKernels<T> kernels = RowKernels<T>.Best;
        double weight = 1.0 / logits.Rows;
        ReadOnlySpan<T> z = logits.Span;
        Span<T> dZ = dLogits.Span;
        for (int i = start; i < end; i++)
        {
            Span<T> gradient = dZ.Slice(i * dLogits.Stride, logits.Columns);
            losses[i] = kernels.CrossEntropy(z.Slice(i * logits.Stride, logits.Columns), labels.Span[i], temperature, smoothing, weight, gradient);
        }
    }
}
