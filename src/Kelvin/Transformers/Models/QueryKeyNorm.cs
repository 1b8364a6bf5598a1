using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Models;

/// <summary>Brings every head of every row to root mean square 1: the remedy that keeps attention logits below √d.</summary>
/// <remarks>x̂ = x r, r = 1/√(mean x² + ε); backward r (g − x̂ mean(g ∘ x̂)). A rotation of the head changes neither r nor the way back.</remarks>
internal static class QueryKeyNorm
{
    /// <summary>Normalises the first heads of every row in place.</summary>
    /// <param name="rows">[n, at least heads·d].</param>
    /// <param name="headSize">d.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="factors">r, shape [n·heads]: its length says how many heads.</param>
    /// <param name="threads">At most so many.</param>
    public static void Forward<T>(MatrixView<T> rows, int headSize, double epsilon, Memory<T> factors, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ParallelRange.For(rows.Rows, 32, threads, new ForwardRows<T>(rows, headSize, epsilon, factors));

    /// <summary>Turns ∂L/∂x̂ into ∂L/∂x in place.</summary>
    /// <param name="normalised">x̂, as the forward pass left it.</param>
    /// <param name="headSize">d.</param>
    /// <param name="factors">r.</param>
    /// <param name="gradients">g, of the shape of <paramref name="normalised"/>.</param>
    /// <param name="threads">At most so many.</param>
    public static void Backward<T>(ReadOnlyMatrixView<T> normalised, int headSize, ReadOnlyMemory<T> factors, MatrixView<T> gradients, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ParallelRange.For(normalised.Rows, 32, threads, new BackwardRows<T>(normalised, headSize, factors, gradients));

    private readonly struct ForwardRows<T>(MatrixView<T> rows, int headSize, double epsilon, Memory<T> factors) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int heads = factors.Length / rows.Rows;
            for (int i = start; i < end; i++)
            {
                for (int head = 0; head < heads; head++)
                {
                    Span<T> x = rows.Row(i).Slice(head * headSize, headSize);
                    double square = double.CreateChecked(TensorPrimitives.SumOfSquares<T>(x)) / headSize;
                    T factor = T.CreateTruncating(1 / Math.Sqrt(square + epsilon));
                    TensorPrimitives.Multiply(x, factor, x);
                    factors.Span[(i * heads) + head] = factor;
                }
            }
        }
    }

    private readonly struct BackwardRows<T>(ReadOnlyMatrixView<T> normalised, int headSize, ReadOnlyMemory<T> factors, MatrixView<T> gradients) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int heads = factors.Length / normalised.Rows;
            T d = T.CreateTruncating(headSize);
            for (int i = start; i < end; i++)
            {
                for (int head = 0; head < heads; head++)
                {
                    ReadOnlySpan<T> x = normalised.Row(i).Slice(head * headSize, headSize);
                    Span<T> g = gradients.Row(i).Slice(head * headSize, headSize);
                    T mean = TensorPrimitives.Dot(x, g) / d;
                    TensorPrimitives.MultiplyAdd(x, -mean, g, g);
                    TensorPrimitives.Multiply(g, factors.Span[(i * heads) + head], g);
                }
            }
        }
    }
}
