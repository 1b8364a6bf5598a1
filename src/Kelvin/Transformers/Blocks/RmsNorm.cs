using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Normalises rows, or each head of a row, to mean square 1, then scales them by learnt numbers.</summary>
/// <remarks>
/// <para>y = γ ∘ x̂, x̂ = x r, r = 1/√(mean x² + ε), over each group of d entries: a whole row, or one head of several in a row.</para>
/// <para>NaN or ±∞ in a group makes that group NaN (a finite entry beside ±∞ gives 0) and no other. No result depends on <c>threads</c>.</para>
/// <para>Accuracy: relative (√d + 6)u, element by element.</para>
/// <para>Source: Zhang and Sennrich, arXiv 1910.07467.</para>
/// </remarks>
public static class RmsNorm
{
    /// <summary>Computes y, and keeps of each group what the backward pass needs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x, shape [n, groups·d].</param>
    /// <param name="gain">γ, shape [d], d ≥ 1: its length says how long a group is.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <param name="y">y, shape of x; not the memory of <paramref name="x"/> if a backward pass is to come.</param>
    /// <param name="rows">0 and r of each group, shape [n·groups], row after row; empty if no backward pass is to come.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Forward(x, gain.Length, epsilon, y, rows.Span);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new ForwardRows<T>(x, gain, gain.Length, epsilon, y, rows));
    }

    /// <summary>Adds what comes through the norm to ∂L/∂x and ∂L/∂γ.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x as given to the forward pass.</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="rows">What the forward pass kept.</param>
    /// <param name="dY">g = ∂L/∂y, shape of x.</param>
    /// <param name="dX">Gets r (h − x̂ mean(h ∘ x̂)) added, h = γ ∘ g; shape of x.</param>
    /// <param name="dGain">Gets Σ g ∘ x̂ over the groups added, shape [d].</param>
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
        var gradient = new NormGradient<T>(x, gain, gain.Length, rows, dY, dX, isCentred: false);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, gradient);
        NormGainGradient.Add(x, rows, dY, dGain, threads);
    }

    /// <summary>Normalises each head in place, with γ = 1: QK-norm.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">Turned into x̂; shape [n, heads·d].</param>
    /// <param name="headSize">d ≥ 1.</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <param name="rows">0 and r of each head, shape [n·heads]; empty if no backward pass is to come.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    /// <remarks>No entry of x̂ exceeds √d, so no ⟨q, k⟩/√d does. A rotation of the head changes neither r nor the way back.</remarks>
    public static void ForwardHeads<T>(MatrixView<T> x, int headSize, double epsilon, Memory<RowScaling<T>> rows = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Forward(x, headSize, epsilon, x, rows.Span);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new ForwardRows<T>(x, default, headSize, epsilon, x, rows));
    }

    /// <summary>Turns ∂L/∂x̂ into ∂L/∂x in place: r (g − x̂ mean(g ∘ x̂)).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="normalised">x̂, as the forward pass left it; shape [n, heads·d].</param>
    /// <param name="headSize">d.</param>
    /// <param name="rows">What the forward pass kept.</param>
    /// <param name="gradients">g, shape of x̂.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void BackwardHeads<T>(
        ReadOnlyMatrixView<T> normalised, int headSize, ReadOnlyMemory<RowScaling<T>> rows, MatrixView<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Backward(normalised, headSize, rows.Span, gradients, gradients);
        var gradient = new NormGradient<T>(normalised, default, headSize, rows, gradients, gradients, isCentred: false) { IsInPlace = true };
        ParallelRange.For(normalised.Rows, NormDoor.Grain(normalised.Columns), threads, gradient);
    }

    private readonly struct ForwardRows<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, int size, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            int groups = x.Columns / size;
            for (int index = start * groups; index < end * groups; index++)
            {
                ReadOnlySpan<T> input = x.Row(index / groups).Slice(index % groups * size, size);
                Span<T> output = y.Row(index / groups).Slice(index % groups * size, size);
                double square = double.CreateChecked(TensorPrimitives.SumOfSquares(input)) / size;
                T factor = T.CreateTruncating(1 / Math.Sqrt(square + epsilon));
                TensorPrimitives.Multiply(input, factor, output);
                if (!gain.IsEmpty)
                    TensorPrimitives.Multiply(output, gain.Span, output);
                if (!rows.IsEmpty)
                    rows.Span[index] = new RowScaling<T>(T.Zero, factor);
            }
        }
    }
}
