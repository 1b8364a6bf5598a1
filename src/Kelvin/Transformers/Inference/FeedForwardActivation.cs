using System.Buffers;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Inference;

/// <summary>h = f(z), or the gated form h = f(a) ∘ b with z = [a b].</summary>
internal readonly struct FeedForwardActivation(ActivationKind kind, ReadOnlyMatrixView<float> z, MatrixView<float> h) : IRangeBody
{
    /// <summary>2√(2/π): ½(1 + tanh u) is the logistic function at 2u.</summary>
    private const float TwiceRootTwoOverPi = 1.5957691f;

    private const float Cubic = 0.044715f;

    /// <summary>Rows <paramref name="start"/> to <paramref name="end"/> − 1.</summary>
    public void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            Span<float> output = h.Row(i);
            Apply(z.Row(i)[..h.Columns], output);
            if (z.Columns > h.Columns)
                TensorPrimitives.Multiply(output, z.Row(i)[h.Columns..], output);
        }
    }

    private static void ExactGelu(ReadOnlySpan<float> x, Span<float> y)
    {
        float[] slopes = ArrayPool<float>.Shared.Rent(x.Length);
        Gelu.Forward(x, 1f, y, slopes.AsSpan(0, x.Length));
        ArrayPool<float>.Shared.Return(slopes);
    }

    private void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        switch (kind)
        {
            case ActivationKind.Silu:
                TensorPrimitives.Sigmoid(x, y);
                TensorPrimitives.Multiply(x, y, y);
                break;
            case ActivationKind.GeluTanh:
                TensorPrimitives.Multiply(x, x, y);
                TensorPrimitives.Multiply(y, Cubic, y);
                TensorPrimitives.Add(y, 1, y);
                TensorPrimitives.Multiply(y, x, y);
                TensorPrimitives.Multiply(y, TwiceRootTwoOverPi, y);
                TensorPrimitives.Sigmoid<float>(y, y);
                TensorPrimitives.Multiply(x, y, y);
                break;
            case ActivationKind.Gelu:
                ExactGelu(x, y);
                break;
            default:
                TensorPrimitives.Max(x, 0, y);
                break;
        }
    }
}
