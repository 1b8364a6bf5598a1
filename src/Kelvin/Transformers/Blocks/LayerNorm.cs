using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Normalises every row of a matrix to mean 0 and variance 1, then scales and shifts it by learnt numbers.</summary>
/// <remarks>
/// <para>y = γ ∘ x̂ + β, x̂ = (x − μ) r, r = 1/√(σ² + ε), μ and σ² the mean and the (biased) variance of the row.</para>
/// <para>NaN or ±∞ in a row makes that row NaN. No result depends on <c>threads</c>.</para>
/// <para>Accuracy: relative to the largest |γ x̂| + |β| of the row, (2√d + 8)u where |μ| ≤ σ; it grows with |μ|/σ.</para>
/// <para>Source: Ba, Kiros and Hinton, arXiv 1607.06450.</para>
/// </remarks>
public static class LayerNorm
{
    /// <summary>Computes y, and keeps of each row what the backward pass needs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x, shape [n, d], d ≥ 1.</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="shift">β, shape [d].</param>
    /// <param name="epsilon">ε > 0.</param>
    /// <param name="y">y, shape [n, d]; not the memory of <paramref name="x"/> if a backward pass is to come.</param>
    /// <param name="rows">μ and r of each row, shape [n]; empty if no backward pass is to come.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, ReadOnlyMemory<T> shift, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows = default, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NormDoor.Forward(x, x.Columns, epsilon, y, rows.Span);
        Require.Length(gain.Span, x.Columns);
        Require.Length(shift.Span, x.Columns);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new ForwardRows<T>(x, gain, shift, epsilon, y, rows));
    }

    /// <summary>Adds what comes through the norm to ∂L/∂x, ∂L/∂γ and ∂L/∂β.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">x as given to the forward pass.</param>
    /// <param name="gain">γ, shape [d].</param>
    /// <param name="rows">What the forward pass kept.</param>
    /// <param name="dY">g = ∂L/∂y, shape [n, d].</param>
    /// <param name="dX">Gets r (h − mean h − x̂ mean(h ∘ x̂)) added, h = γ ∘ g; shape [n, d].</param>
    /// <param name="dGain">Gets Σ g ∘ x̂ over the rows added, shape [d].</param>
    /// <param name="dShift">Gets Σ g added, shape [d].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> x,
        ReadOnlyMemory<T> gain,
        ReadOnlyMemory<RowScaling<T>> rows,
        ReadOnlyMatrixView<T> dY,
        MatrixView<T> dX,
        Memory<T> dGain,
        Memory<T> dShift,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Length(gain.Span, x.Columns);
        NormDoor.Backward(x, gain.Span, rows.Span, dY, dX, dGain.Span);
        Require.Length<T>(dShift.Span, x.Columns);
        ParallelRange.For(x.Rows, NormDoor.Grain(x.Columns), threads, new NormGradient<T>(x, gain, x.Columns, rows, dY, dX, isCentred: true));
        NormGainGradient.Add(x, rows, dY, dGain, threads);
        ColumnSums.Add(dY, dShift, threads);
    }

    private readonly struct ForwardRows<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMemory<T> gain, ReadOnlyMemory<T> shift, double epsilon, MatrixView<T> y, Memory<RowScaling<T>> rows)
        : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                Span<T> output = y.Row(i);
                double mean = double.CreateChecked(TensorPrimitives.Sum(x.Row(i))) / x.Columns;
                T centre = T.CreateTruncating(mean);
                TensorPrimitives.Subtract(x.Row(i), centre, output);
                double variance = double.CreateChecked(TensorPrimitives.SumOfSquares<T>(output)) / x.Columns;
                T factor = T.CreateTruncating(1 / Math.Sqrt(variance + epsilon));
                TensorPrimitives.Multiply(output, factor, output);
                TensorPrimitives.MultiplyAdd(output, gain.Span, shift.Span, output);
                if (!rows.IsEmpty)
                    rows.Span[i] = new RowScaling<T>(centre, factor);
            }
        }
    }
}
