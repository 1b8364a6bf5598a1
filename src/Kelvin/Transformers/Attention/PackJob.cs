using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Packs tiles of keys: one matrix in panels, one in strips.</summary>
internal readonly struct PackJob<TSimd, TVector, T>(
    PackedKeys<T> packed, int firstHead, int heads, int keys, ReadOnlyMatrixView<T> panels, int panelDepth, ReadOnlyMatrixView<T> strips, int stripDepth) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        StridedMatrix<T> left = new(panels, Transpose.No);
        StridedMatrix<T> right = new(strips, Transpose.No);
        for (int piece = start; piece < end; piece++)
        {
            (int tile, int head) = (piece / heads, piece % heads);
            KeyTile range = KeyTile.Of(tile, keys);
            int column = firstHead + head;
            if (panelDepth > 0)   // else all rows have been asked for at once
            {
                CacheRows.Soon(ref left.At(range.First, column * panelDepth), left.RowStride, range.Count, panelDepth);
                CacheRows.Soon(ref right.At(range.First, column * stripDepth), right.RowStride, range.Count, stripDepth);
                Strips<TSimd, TVector, T>.PackPanels(left, range, column * panelDepth, panelDepth, ref packed.Panels(head, tile));
            }

            Strips<TSimd, TVector, T>.Pack(right, range.First, range.Count, column * stripDepth, stripDepth, TileSize.Keys, ref packed.Strips(head, tile));
        }
    }
}
