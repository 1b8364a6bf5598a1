using System.Buffers;
using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>The kernel of a set with itself: each band of rows is computed up to its diagonal and copied across.</summary>
/// <remarks>
/// The inner products of the slopes are put into H for the whole band. Then, some rows at a time, those of the examples are computed into the room,
/// multiplied into H and copied across while they are near.
/// </remarks>
internal readonly struct SquareKernelJob<T>(KernelFeatures<T> features, MatrixView<T> kernel, int bandRows) : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = 8;

    private int Outputs => features.Options.Outputs;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        T[] room = ArrayPool<T>.Shared.Rent(KernelBands.Room(features.Rows, features.Options.TrainOutputWeights));
        int bands = ((features.Rows - 1) / bandRows) + 1;
        for (int piece = start; piece < end; piece++)
        {
            int row = (bands - 1 - piece) * bandRows;   // the longest first, so that the last to be handed out are short
            int rows = Math.Min(bandRows, features.Rows - row);
            for (int l = 0; l < Outputs; l++)
            {
                for (int k = 0; k < Outputs; k++)
                    LowerProduct.Compute(T.One, features.SlopesOf(l, row, rows), features.SlopesOf(k, 0, row + rows), T.Zero, Block(l, k, row, rows), row);
            }

            for (int i = 0; i < rows; i += KernelBands.Strip)
                Finish(row + i, Math.Min(KernelBands.Strip, rows - i), room);
        }

        ArrayPool<T>.Shared.Return(room);
    }

    /// <summary>Rows of H from the products of their slopes, which lie in it.</summary>
    private void Finish(int row, int rows, T[] room)
    {
        NetworkOptions options = features.Options;
        T inverse = T.CreateChecked(1 / KernelFactor.Of(options));
        T offset = options.UseBias ? inverse : T.Zero;
        var inner = new MatrixView<T>(room, rows, row + rows);
        InnerProducts(inverse, features.Inputs, offset, inner, row);
        MatrixView<T> hidden = default;
        if (options.TrainOutputWeights)
        {
            hidden = new MatrixView<T>(room.AsMemory(rows * (row + rows)), rows, row + rows);
            InnerProducts(inverse * T.CreateChecked(options.OutputScale * options.OutputScale), features.Hidden, offset, hidden, row);
        }

        for (int l = 0; l < Outputs; l++)
        {
            for (int k = 0; k < Outputs; k++)
            {
                MatrixView<T> block = Block(l, k, row, rows);
                for (int i = 0; i < rows; i++)
                {
                    int wanted = row + i + 1;
                    KernelBand.Combine(
                        block.Row(i)[..wanted], inner.Row(i)[..wanted], l == k, options.TrainOutputWeights ? hidden.Row(i)[..wanted] : default, offset);
                }

                Mirror(block, kernel.Block(k * features.Rows, (l * features.Rows) + row, row + rows, rows), row);
            }
        }
    }

    private MatrixView<T> Block(int l, int k, int row, int rows) => kernel.Block((l * features.Rows) + row, k * features.Rows, rows, row + rows);

    /// <summary>products ← scale·A·Aᵀ + offset, some rows of it up to the diagonal.</summary>
    private static void InnerProducts(T scale, ReadOnlyMatrixView<T> a, T offset, MatrixView<T> products, int row)
    {
        if (offset != T.Zero)
            products.Span.Fill(offset);
        LowerProduct.Compute(
            scale, a.RowRange(row, products.Rows), a.RowRange(0, products.Columns), offset == T.Zero ? T.Zero : T.One, products, row);
    }

    /// <summary>H_(k,j),(l,i) ← H_(l,i),(k,j) for j before i, a cache line of a row at a time on both sides. Source row i is example row + i.</summary>
    private static void Mirror(ReadOnlyMatrixView<T> source, MatrixView<T> target, int row)
    {
        ReadOnlySpan<T> from = source.Span;
        for (int i = 0; i < source.Rows; i += Tile)
        {
            int rows = Math.Min(Tile, source.Rows - i);
            for (int j = 0; j < row + i + rows - 1; j++)
            {
                int first = Math.Max(0, j + 1 - row - i);
                Span<T> to = target.Row(j).Slice(i + first, rows - first);
                int at = ((i + first) * source.Stride) + j;
                for (int r = 0; r < to.Length; r++, at += source.Stride)
                    to[r] = from[at];
            }
        }
    }
}
