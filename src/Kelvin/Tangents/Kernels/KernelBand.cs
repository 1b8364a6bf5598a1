using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes the entries of a kernel between some examples on the left and some on the right, for all pairs of outputs.</summary>
/// <remarks>
/// <para>H_(l,i),(l',j) = (1/κ)·[(⟨x_i, x_j⟩ + β)·⟨D^l_i, D^l'_j⟩ + [l = l']·(α s² ⟨φ_i, φ_j⟩ + β)],  β = 1 with biases, α = 1 if A is trained.</para>
/// <para>The room holds the inner products of the examples, and of their hidden units where A is trained: (1 + α)·rows·columns elements.</para>
/// </remarks>
internal static class KernelBand
{
    public static void Compute<T>(KernelFeatures<T> left, int row, int rows, KernelFeatures<T> right, int column, int columns, MatrixView<T> kernel, T[] room)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (columns == 0)
            return;

        NetworkOptions options = left.Options;
        double inverse = 1 / KernelFactor.Of(options);
        T offset = options.UseBias ? T.CreateChecked(inverse) : T.Zero;
        bool trainsOutput = options.TrainOutputWeights;
        var inner = new MatrixView<T>(room, rows, columns);
        MatrixView<T> hidden = trainsOutput ? new MatrixView<T>(room.AsMemory(rows * columns), rows, columns) : default;

        InnerProducts(inverse, left.Inputs.RowRange(row, rows), right.Inputs.RowRange(column, columns), options.UseBias ? inverse : 0, inner);
        if (trainsOutput)
        {
            double scale = inverse * options.OutputScale * options.OutputScale;
            InnerProducts(scale, left.Hidden.RowRange(row, rows), right.Hidden.RowRange(column, columns), options.UseBias ? inverse : 0, hidden);
        }

        for (int l = 0; l < options.Outputs; l++)
        {
            for (int k = 0; k < options.Outputs; k++)
            {
                MatrixView<T> block = kernel.Block((l * left.Rows) + row, (k * right.Rows) + column, rows, columns);
                Gemm.Multiply(T.One, left.SlopesOf(l, row, rows), Transpose.No, right.SlopesOf(k, column, columns), Transpose.Yes, T.Zero, block);
                for (int i = 0; i < rows; i++)
                    Combine(block.Row(i), inner.Row(i), l == k, trainsOutput ? hidden.Row(i) : default, offset);
            }
        }
    }

    /// <summary>Entries of a row of H, in place of the inner products of their slopes.</summary>
    /// <param name="slopes">⟨D^l_i, D^l'_j⟩.</param>
    /// <param name="inner">(⟨x_i, x_j⟩ + β)/κ.</param>
    /// <param name="isSameOutput">l = l'.</param>
    /// <param name="hidden">(s² ⟨φ_i, φ_j⟩ + β)/κ where A is trained, else empty.</param>
    /// <param name="offset">β/κ.</param>
    public static void Combine<T>(Span<T> slopes, ReadOnlySpan<T> inner, bool isSameOutput, ReadOnlySpan<T> hidden, T offset)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (isSameOutput && !hidden.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(slopes, inner, hidden, slopes);
            return;
        }

        TensorPrimitives.Multiply(slopes, inner, slopes);
        if (isSameOutput && offset != T.Zero)
            TensorPrimitives.Add(slopes, offset, slopes);
    }

    /// <summary>products ← scale·A·Bᵀ + offset.</summary>
    private static void InnerProducts<T>(double scale, ReadOnlyMatrixView<T> a, ReadOnlyMatrixView<T> b, double offset, MatrixView<T> products)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (offset != 0)
            products.Span.Fill(T.CreateChecked(offset));
        Gemm.Multiply(T.CreateChecked(scale), a, Transpose.No, b, Transpose.Yes, offset == 0 ? T.Zero : T.One, products);
    }
}
