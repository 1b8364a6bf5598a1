using System.Buffers;
using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>The kernel of a set with itself: each band is computed up to its diagonal block and copied across the diagonal.</summary>
internal readonly struct SquareKernelJob<T>(KernelFeatures<T> features, MatrixView<T> kernel, int bandRows) : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = 8;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        T[] room = ArrayPool<T>.Shared.Rent(KernelBands.Room(features.Rows, features.Options.TrainOutputWeights));
        int bands = ((features.Rows - 1) / bandRows) + 1;
        for (int piece = start; piece < end; piece++)
        {
            int row = (bands - 1 - piece) * bandRows;   // the longest first, so that the last to be handed out are short
            int rows = Math.Min(bandRows, features.Rows - row);
            KernelBand.Compute(features, row, rows, features, 0, row, kernel, room);
            ComputeDiagonal(row, rows, room);
            Mirror(row, rows, 0, row);
        }

        ArrayPool<T>.Shared.Return(room);
    }

    /// <summary>The block on the diagonal, a panel of rows at a time: little of what lies above it.</summary>
    private void ComputeDiagonal(int row, int rows, T[] room)
    {
        for (int start = 0; start < rows; start += KernelBands.Panel)
        {
            int panel = Math.Min(KernelBands.Panel, rows - start);
            KernelBand.Compute(features, row + start, panel, features, row, start + panel, kernel, room);
            Mirror(row + start, panel, row, start);
        }
    }

    /// <summary>H_(k,j),(l,i) ← H_(l,i),(k,j) for i in one range and j in another before it. Within a panel both were computed, from the same products.</summary>
    private void Mirror(int row, int rows, int column, int columns)
    {
        int n = features.Rows;
        for (int l = 0; l < features.Options.Outputs; l++)
        {
            for (int k = 0; k < features.Options.Outputs; k++)
                Transposed(kernel.Block((l * n) + row, (k * n) + column, rows, columns), kernel.Block((k * n) + column, (l * n) + row, columns, rows));
        }
    }

    /// <summary>A cache line of a row at a time on both sides.</summary>
    private static void Transposed(ReadOnlyMatrixView<T> source, MatrixView<T> target)
    {
        ReadOnlySpan<T> from = source.Span;
        for (int i = 0; i < source.Rows; i += Tile)
        {
            int rows = Math.Min(Tile, source.Rows - i);
            for (int j = 0; j < source.Columns; j++)
            {
                Span<T> to = target.Row(j).Slice(i, rows);
                int at = (i * source.Stride) + j;
                for (int r = 0; r < to.Length; r++, at += source.Stride)
                    to[r] = from[at];
            }
        }
    }
}
