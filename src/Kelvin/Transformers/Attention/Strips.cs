using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>How the factors of a tile are packed: the right one in strips two vectors wide, the left one in panels of six rows.</summary>
internal static class Strips<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a panel.</summary>
    public const int PanelRows = GemmBlocks<TSimd, TVector, T>.TileRows;

    /// <summary>Columns of a strip.</summary>
    public static int Width => GemmBlocks<TSimd, TVector, T>.StripWidth;

    /// <summary>Queries whose softmax goes on together: whole strips, and a multiple of eight.</summary>
    public static int GroupWidth => Math.Max(Width, RowDescriptions.Batch);

    /// <summary><paramref name="columns"/>, rounded up to whole strips.</summary>
    public static int Padded(int columns) => TileSize.Whole(columns, Width);

    /// <summary><paramref name="queries"/>, rounded up to whole groups.</summary>
    public static int Grouped(int queries) => TileSize.Whole(queries, GroupWidth);

    /// <summary>Width of a strip of which <paramref name="left"/> columns are there.</summary>
    public static int WidthOf(int left) => left <= TSimd.Lanes ? TSimd.Lanes : Width;

    /// <summary>Packs a block of a matrix in strips, each <paramref name="room"/> rows long; what is missing in the last strip is 0.</summary>
    public static void Pack(in StridedMatrix<T> matrix, int row, int rows, int column, int columns, int room, ref T packed)
    {
        if (matrix.ColumnStride == 1 && columns % Width == 0)
        {
            PackRows(ref matrix.At(row, column), matrix.RowStride, rows, columns, room, ref packed);
            return;
        }

        for (int start = 0; start < columns; start += Width)
        {
            int left = Math.Min(Width, columns - start);
            GemmPack.Strip(matrix, row, rows, column + start, left, WidthOf(left), ref Unsafe.Add(ref packed, start * room));
        }
    }

    /// <summary>Packs a tile of keys in panels; rows that are missing from the last <see cref="TileSize.Step"/> are 0.</summary>
    public static void PackPanels(in StridedMatrix<T> matrix, KeyTile keys, int column, int depth, ref T packed)
    {
        for (int start = 0; start < TileSize.Whole(keys.Count, TileSize.Step); start += PanelRows)
        {
            int left = Math.Clamp(keys.Count - start, 0, PanelRows);
            ref T panel = ref Unsafe.Add(ref packed, start * depth);
            if (left < PanelRows)
                MemoryMarshal.CreateSpan(ref panel, PanelRows * depth).Clear();
            if (left > 0)
                GemmPack.Panel(matrix, keys.First + start, left, column, depth, PanelRows, ref panel);
        }
    }

    /// <summary>C ← A·B or C + A·B for six rows and one strip of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TLayout>(ref T a, nint apart, ref T b, int width, int depth, ref T c, nint stride, bool adds)
        where TLayout : struct, IRowLayout
    {
        if (width == Width)
            TileProduct<TLayout, WideStrip, TSimd, TVector, T>.Run(ref a, apart, ref b, depth, ref c, stride, adds);
        else
            TileProduct<TLayout, NarrowStrip, TSimd, TVector, T>.Run(ref a, apart, ref b, depth, ref c, stride, adds);
    }

    /// <summary>Row after row, since a row's columns lie together and the next row may be a page away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackRows(ref T source, nint stride, int rows, int columns, int room, ref T packed)
    {
        nint width = Width;
        nint lanes = TSimd.Lanes;
        for (int i = 0; i < rows; i++)
        {
            ref T to = ref packed;
            for (nint j = 0; j < columns; j += width)
            {
                TSimd.Store(TSimd.Load(ref source, j), ref to, 0);
                TSimd.Store(TSimd.Load(ref source, j + lanes), ref to, lanes);
                to = ref Unsafe.Add(ref to, room * width);
            }

            source = ref Unsafe.Add(ref source, stride);
            packed = ref Unsafe.Add(ref packed, width);
        }
    }
}
