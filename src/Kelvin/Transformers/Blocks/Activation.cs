using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Blocks;

/// <summary>The nonlinearity inside a feed-forward part, plain or gated.</summary>
/// <remarks>
/// <para>Plain: h = f(z), z: [n, F]. Gated: h = f(a) ∘ b with z = [a b]: [n, 2F]; SwiGLU is the gated form with f = silu.</para>
/// <para>NaN flows through; f(−∞) = 0. Accuracy: of GELU and SiLU a few units in the last place, docs/accuracy.md.</para>
/// <para>Source of the gated form: Shazeer, arXiv 2002.05202.</para>
/// </remarks>
public static class Activation
{
    /// <summary>Computes h.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="kind">f.</param>
    /// <param name="z">Shape [n, F], or [n, 2F] for the gated form.</param>
    /// <param name="h">Shape [n, F].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(ActivationKind kind, ReadOnlyMatrixView<T> z, MatrixView<T> h, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(z, h.Rows, h.Columns);
        ParallelRange.For(z.Rows, Grain(h.Columns), threads, new ForwardRows<T>(kind, z, h));
    }

    /// <summary>Turns ∂L/∂h into ∂L/∂z.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="kind">f.</param>
    /// <param name="z">As given to the forward pass.</param>
    /// <param name="dH">g = ∂L/∂h, shape [n, F].</param>
    /// <param name="dZ">g ∘ f′(z), or [g ∘ b ∘ f′(a), g ∘ f(a)]; the shape of z, and not its memory.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Backward<T>(ActivationKind kind, ReadOnlyMatrixView<T> z, ReadOnlyMatrixView<T> dH, MatrixView<T> dZ, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(z, dH.Rows, dH.Columns);
        Require.SameShape(z.Rows, z.Columns, dZ.Rows, dZ.Columns, nameof(dZ));
        ParallelRange.For(z.Rows, Grain(dH.Columns), threads, new BackwardRows<T>(kind, z, dH, dZ));
    }

    private static int Grain(int columns) => Math.Max(1, 8_192 / Math.Max(1, columns));

    private static void CheckShapes<T>(ReadOnlyMatrixView<T> z, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.SameShape(rows, z.Columns == columns ? columns : 2 * columns, z.Rows, z.Columns, nameof(z));
    }

    private static void Apply<T>(ActivationKind kind, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case ActivationKind.Silu:
                Silu.Forward(x, y);
                break;
            case ActivationKind.Gelu:
                Gelu.Forward(x, T.One, y);
                break;
            case ActivationKind.GeluTanh:
                GeluTanh.Forward(x, y);
                break;
            default:
                TensorPrimitives.Max(x, T.Zero, y);
                break;
        }
    }

    /// <summary>y = g ∘ f′(x); y may be g.</summary>
    private static void Slope<T>(ActivationKind kind, ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case ActivationKind.Silu:
                Silu.Backward(x, g, y);
                break;
            case ActivationKind.Gelu:
                Gelu.Backward(x, T.One, g, y);
                break;
            case ActivationKind.GeluTanh:
                GeluTanh.Backward(x, g, y);
                break;
            default:
                g.CopyTo(y);
                Relu.Backward(x, T.One, y);
                break;
        }
    }

    private readonly struct ForwardRows<T>(ActivationKind kind, ReadOnlyMatrixView<T> z, MatrixView<T> h) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int width = h.Columns;
            for (int i = start; i < end; i++)
            {
                Apply(kind, z.Row(i)[..width], h.Row(i));
                if (z.Columns != width)
                    TensorPrimitives.Multiply(h.Row(i), z.Row(i)[width..], h.Row(i));
            }
        }
    }

    private readonly struct BackwardRows<T>(ActivationKind kind, ReadOnlyMatrixView<T> z, ReadOnlyMatrixView<T> dH, MatrixView<T> dZ) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int width = dH.Columns;
            for (int i = start; i < end; i++)
            {
                ReadOnlySpan<T> a = z.Row(i)[..width];
                Span<T> dA = dZ.Row(i)[..width];
                if (z.Columns == width)
                {
                    Slope(kind, a, dH.Row(i), dA);
                    continue;
                }

                Span<T> dB = dZ.Row(i)[width..];
                Apply(kind, a, dB);
                TensorPrimitives.Multiply(dB, dH.Row(i), dB);
                TensorPrimitives.Multiply(dH.Row(i), z.Row(i)[width..], dA);
                Slope(kind, a, dA, dA);
            }
        }
    }
}
