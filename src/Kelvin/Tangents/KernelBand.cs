using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes the entries of a kernel between a band of examples on the left and the first so many on the right, for all pairs of outputs.</summary>
/// <remarks>
/// H_(l,i),(l',j) = (1/κ)·[(⟨x_i, x_j⟩ + β)·⟨D^l_i, D^l'_j⟩ + [l = l']·(α s² ⟨φ_i, φ_j⟩ + β)],  β = 1 with biases, α = 1 if A is trained.
/// </remarks>
internal static class KernelBand
{
    public static void Compute<T>(KernelFeatures<T> left, int row, int rows, KernelFeatures<T> right, int columns, MatrixView<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkOptions options = left.Options;
        double inverse = 1 / KernelFactor.Of(options);
        bool trainsOutput = options.TrainOutputWeights;
        T[] room = ArrayPool<T>.Shared.Rent(rows * columns * (trainsOutput ? 2 : 1));
        var inner = new MatrixView<T>(room, rows, columns);
        MatrixView<T> hidden = trainsOutput ? new MatrixView<T>(room.AsMemory(rows * columns), rows, columns) : default;

        InnerProducts(inverse, left.Inputs.RowRange(row, rows), right.Inputs.RowRange(0, columns), options.UseBias ? inverse : 0, inner);
        if (trainsOutput)
        {
            double scale = inverse * options.OutputScale * options.OutputScale;
            InnerProducts(scale, left.Hidden.RowRange(row, rows), right.Hidden.RowRange(0, columns), options.UseBias ? inverse : 0, hidden);
        }

        for (int l = 0; l < options.Outputs; l++)
        {
            for (int k = 0; k < options.Outputs; k++)
            {
                MatrixView<T> block = kernel.Block((l * left.Rows) + row, k * right.Rows, rows, columns);
                Gemm.Multiply(T.One, left.SlopesOf(l, row, rows), Transpose.No, right.SlopesOf(k, 0, columns), Transpose.Yes, T.Zero, block);
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

        ArrayPool<T>.Shared.Return(room);
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
