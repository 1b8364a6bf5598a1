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
                {
                    if (l == k && trainsOutput)
                        TensorPrimitives.MultiplyAdd(block.Row(i), inner.Row(i), hidden.Row(i), block.Row(i));
                    else
                        TensorPrimitives.Multiply(block.Row(i), inner.Row(i), block.Row(i));
                    if (l == k && !trainsOutput && options.UseBias)
                        TensorPrimitives.Add(block.Row(i), T.CreateChecked(inverse), block.Row(i));
                }
            }
        }
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
