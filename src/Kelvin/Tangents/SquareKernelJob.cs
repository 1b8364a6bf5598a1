using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>The kernel of a set with itself: each band is computed up to its diagonal block and copied across the diagonal.</summary>
internal readonly struct SquareKernelJob<T>(KernelFeatures<T> features, MatrixView<T> kernel, int bandRows) : IRangeBody
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = 16;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        int bands = ((features.Rows - 1) / bandRows) + 1;
        for (int piece = start; piece < end; piece++)
        {
            int row = (bands - 1 - piece) * bandRows;   // the longest first, so that the last to be handed out are short
            int rows = Math.Min(bandRows, features.Rows - row);
            KernelBand.Compute(features, row, rows, features, row + rows, kernel);
            Mirror(row, rows);
        }
    }

    /// <summary>H_(k,j),(l,i) ← H_(l,i),(k,j) for i in the band and j before it. Within the band both were computed, from the same products.</summary>
    private void Mirror(int row, int rows)
    {
        int n = features.Rows;
        for (int l = 0; l < features.Options.Outputs; l++)
        {
            for (int k = 0; k < features.Options.Outputs; k++)
                Transposed(kernel.Block((l * n) + row, k * n, rows, row), kernel.Block(k * n, (l * n) + row, row, rows));
        }
    }

    /// <summary>Tile by tile, so that neither side's cache lines are fetched twice.</summary>
    private static void Transposed(MatrixView<T> source, MatrixView<T> target)
    {
        for (int i = 0; i < source.Rows; i += Tile)
        {
            int rows = Math.Min(Tile, source.Rows - i);
            for (int j = 0; j < source.Columns; j += Tile)
            {
                int columns = Math.Min(Tile, source.Columns - j);
                for (int r = 0; r < rows; r++)
                {
                    ReadOnlySpan<T> from = source.Row(i + r).Slice(j, columns);
                    for (int c = 0; c < from.Length; c++)
                        target[j + c, i + r] = from[c];
                }
            }
        }
    }
}
