using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Multiplies every row by a matrix of weights, with or without a bias.</summary>
/// <remarks>
/// <para>Y = X Wᵀ + b, with X: [n, in], W: [out, in], b: [out], Y: [n, out]. NaN and ±∞ flow through as in <see cref="Gemm"/>; no result depends on
/// <c>threads</c>.</para>
/// <para>Cost: 2·n·in·out operations forward and twice that backward.</para>
/// </remarks>
public static class LinearLayer
{
    /// <summary>Computes Y = X Wᵀ + b.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">X, shape [n, in].</param>
    /// <param name="weights">W, shape [out, in].</param>
    /// <param name="bias">b, shape [out], or empty.</param>
    /// <param name="y">Y, shape [n, out].</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Forward<T>(ReadOnlyMatrixView<T> x, ReadOnlyMatrixView<T> weights, ReadOnlyMemory<T> bias, MatrixView<T> y, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!bias.IsEmpty)
            RowFill.Bias(bias, y, threads);
        Gemm.Multiply(T.One, x, Transpose.No, weights, Transpose.Yes, bias.IsEmpty ? T.Zero : T.One, y, threads);
    }

    /// <summary>Computes Y = R + X Wᵀ + b: a layer whose output joins the residual stream.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">X, shape [n, in].</param>
    /// <param name="weights">W, shape [out, in].</param>
    /// <param name="bias">b, shape [out], or empty.</param>
    /// <param name="residual">R, shape [n, out].</param>
    /// <param name="y">Y, shape [n, out]; may be the memory of <paramref name="residual"/>.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void ForwardOnto<T>(
        ReadOnlyMatrixView<T> x, ReadOnlyMatrixView<T> weights, ReadOnlyMemory<T> bias, ReadOnlyMatrixView<T> residual, MatrixView<T> y, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowFill.Residual(residual, bias, y, threads);
        Gemm.Multiply(T.One, x, Transpose.No, weights, Transpose.Yes, T.One, y, threads);
    }

    /// <summary>Turns ∂L/∂Y into ∂L/∂X, and adds to ∂L/∂W and ∂L/∂b.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="x">X as given to the forward pass.</param>
    /// <param name="weights">W, shape [out, in].</param>
    /// <param name="dY">∂L/∂Y, shape [n, out].</param>
    /// <param name="dX">Becomes dY W, shape [n, in].</param>
    /// <param name="dWeights">Gets dYᵀ X added, shape [out, in].</param>
    /// <param name="dBias">Gets the column sums of dY added, shape [out]; or empty.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads.</param>
    public static void Backward<T>(
        ReadOnlyMatrixView<T> x,
        ReadOnlyMatrixView<T> weights,
        ReadOnlyMatrixView<T> dY,
        MatrixView<T> dX,
        MatrixView<T> dWeights,
        Memory<T> dBias,
        int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Gemm.Multiply(T.One, dY, Transpose.No, weights, Transpose.No, T.Zero, dX, threads);
        Gemm.Multiply(T.One, dY, Transpose.Yes, x, Transpose.No, T.One, dWeights, threads);
        if (!dBias.IsEmpty)
            Require.Length<T>(dBias.Span, dY.Columns);
        ColumnSums.Add(dY, dBias, threads);
    }
}
