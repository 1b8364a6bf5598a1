using Kelvin.Inspection.Sites;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kelvin.Inspection.Onnx;

/// <summary>A tensor that the runtime owns, read without a copy.</summary>
/// <param name="value">The runtime's value; must outlive this.</param>
internal sealed class RuntimeTensor(OrtValue value) : ITensorNumbers
{
    private readonly TensorElementType _type = value.GetTensorTypeAndShape().ElementDataType;

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; } = value.GetTensorTypeAndShape().Shape;

    /// <inheritdoc/>
    public long Bytes => value.GetTensorMutableRawData().Length;

    /// <inheritdoc/>
    public void CopyRow(int start, int step, Span<double> row)
    {
        switch (_type)
        {
            case TensorElementType.Float: Copy(value.GetTensorDataAsSpan<float>(), start, step, row); break;
            case TensorElementType.Double: Copy(value.GetTensorDataAsSpan<double>(), start, step, row); break;
            case TensorElementType.Float16: Copy(value.GetTensorDataAsSpan<Float16>(), start, step, row); break;
            default: Copy(value.GetTensorDataAsSpan<BFloat16>(), start, step, row); break;
        }
    }

    private static void Copy(ReadOnlySpan<float> from, int start, int step, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = from[start + (i * step)];
    }

    private static void Copy(ReadOnlySpan<double> from, int start, int step, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = from[start + (i * step)];
    }

    private static void Copy(ReadOnlySpan<Float16> from, int start, int step, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (float)from[start + (i * step)];
    }

    private static void Copy(ReadOnlySpan<BFloat16> from, int start, int step, Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (float)from[start + (i * step)];
    }
}
