using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Normalises every row of a matrix to mean square 1, then scales it by learnt numbers.</summary>
/// <remarks>
/// <para>y = γ ∘ x̂, x̂ = x r, r = 1/√(mean x² + ε).</para>
/// <para>NaN or ±∞ in a row makes that row NaN (a finite entry beside ±∞ gives 0). No result depends on <c>threads</c>.</para>
/// <para>Accuracy: relative (√d + 6)u, element by element.</para>
/// <para>Source: Zhang and Sennrich, arXiv 1910.07467.</para>
/// </remarks>
public static class RmsNorm
{
    /// <summary>Computes y, and keeps of each row what the backward pass needs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x, shape [n, d], d ≥ 1.</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <param name="y">y, shape [n, d]; not the memory of <paramref name="x"/> if a backward pass is to come.</param>
    /// <param name="rows">0 and r of each row, shape [n].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Forward(x, gain.Span, epsilon, y, rows.Span);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new ForwardRows<T>(x, gain, epsilon, y, rows));
    }

    /// <summary>Adds what comes through the norm to ∂L/∂x and ∂L/∂γ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x as given to the forward pass.</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="rows">What the forward pass kept.</param>
    /// <param name="dY">g = ∂L/∂y, shape [n, d].</param>
    /// <param name="dX">Gets r (h − x̂ mean(h ∘ x̂)) added, h = γ ∘ g; shape [n, d].</param>
    /// <param name="dGain">Gets Σ g ∘ x̂ over the rows added, shape [d].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> x,
        ReadOnlyMemory<T> gain,
        ReadOnlyMemory<RowScaling<T>> rows,
        ReadOnlyMatrixView<T> dY,
        MatrixView<T> dX,
        Memory<T> dGain,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Backward(x, gain.Span, rows.Span, dY, dX, dGain.Span);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new NormGradient<T>(x, gain, rows, dY, dX, isCentred: false));
        NormGainGradient.Add(x, rows, dY, dGain, threads);
    }

    private readonly struct ForwardRows<T>(ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                double square = double.CreateChecked(TensorPrimitives.SumOfSquares(x.Row(i))) / x.Columns;
                T factor = T.CreateTruncating(1 / Math.Sqrt(square + epsilon));
                TensorPrimitives.Multiply(x.Row(i), factor, y.Row(i));
                TensorPrimitives.Multiply(y.Row(i), gain.Span, y.Row(i));
                rows.Span[i] = new RowScaling<T>(T.Zero, factor);
            }
        }
    }
}
