using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Linear;

/// <summary>The loops around the micro-kernel: blocks of the factors that fit the caches, packed, and the tiles of C within.</summary>
/// <remarks>
/// <para>For each 2 KB of k, a strip of op(B) (two vectors wide) streams from the second-level cache against rows of op(A),
/// of which a block stays there too (packed where it lies across, or its rows a page apart); the packed block of op(B) stays in the third. Tiles of C pass through registers.</para>
/// <para>Every element of C is summed over k in the same order whatever the blocks, so cutting C into rectangles changes no bit.</para>
/// <para>Source: Goto and van de Geijn, ACM TOMS 34 (2008); Van Zee and van de Geijn (BLIS), ACM TOMS 41 (2015).</para>
/// </remarks>
internal static class GemmBlocks<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of a tile.</summary>
    public const int TileRows = PackedRows.Height;

    private const int RowBlock = 16 * TileRows;
    private const int ColumnBlock = 2048;

    /// <summary>Columns of a tile that is two vectors wide.</summary>
    public static int StripWidth => 2 * TSimd.Lanes;

    private static int DepthBlock => 2048 / Unsafe.SizeOf<T>();

    /// <summary>Computes the rectangle of C with the given rows and columns.</summary>
    public static void Multiply(in GemmProblem<T> problem, int row, int rows, int column, int columns) =>
        Multiply(problem, row, rows, column, columns, int.MaxValue);

    /// <summary>Computes all cᵢⱼ of the rectangle with j ≤ i + reach. What of C lies beyond is undefined: its tiles are skipped.</summary>
    public static void Multiply(in GemmProblem<T> problem, int row, int rows, int column, int columns, int reach)
    {
        StridedMatrix<T> b = new(problem.B, problem.TransposeB);
        int depth = problem.Depth;
        int depthBlocks = ((depth - 1) / DepthBlock) + 1;
        int depthBlock = ((depth - 1) / depthBlocks) + 1;
        for (int j = 0; j < columns; j += ColumnBlock)
        {
            int width = Math.Min(ColumnBlock, columns - j);
            for (int l = 0; l < depth; l += depthBlock)
            {
                var strips = new GemmStrips<TSimd, TVector, T>(b, l, Math.Min(depthBlock, depth - l), column + j, width, rows);
                for (int i = 0; i < rows; i += RowBlock)
                    MultiplyBlock(problem, strips, row + i, Math.Min(RowBlock, rows - i), reach);
            }
        }
    }

    private static void MultiplyBlock(in GemmProblem<T> problem, in GemmStrips<TSimd, TVector, T> strips, int row, int rows, int reach)
    {
        if ((long)strips.Column - row - rows >= reach)
            return;

        StridedMatrix<T> a = new(problem.A, problem.TransposeA);
        TilePanels<T> panels = new() { Depth = strips.Depth, RowStride = a.RowStride, RowStep = a.ColumnStride };
        nint panelStep = TileRows * a.RowStride;
        ref T firstPanel = ref a.At(row, strips.Row);
        if (IsWorthPacking(a, strips.Columns))
        {
            (panels.RowStride, panels.RowStep, panelStep) = (1, TileRows, (nint)TileRows * strips.Depth);
            firstPanel = ref PackRows(a, row, rows, strips);
        }

        // beta belongs to the first block of k; the later ones add to what it left
        TileScale<T> scale = strips.Row == 0
            ? new(problem.Alpha, problem.Beta, Overwrites: problem.Beta == T.Zero)
            : new(problem.Alpha, T.One, Overwrites: false);
        int stride = problem.C.Stride;
        ref T c = ref Unsafe.Add(ref MemoryMarshal.GetReference(problem.C.Span), ((nint)row * stride) + strips.Column);
        for (int strip = 0; strip < strips.Count; strip++)
        {
            long above = (long)strips.Column + (strip * StripWidth) - row - reach;   // so many rows of the block end before this strip
            if (above >= rows)
                break;

            int columns = strips.Open(strip, ref panels);
            int first = above > 0 ? (int)above / TileRows : 0;
            ref T tile = ref Unsafe.Add(ref c, ((nint)first * TileRows * stride) + (strip * StripWidth));
            panels.A = ref Unsafe.Add(ref firstPanel, first * panelStep);
            for (int i = first * TileRows; i < rows; i += TileRows)
            {
                panels.Rows = Math.Min(TileRows, rows - i);
                Update(panels, scale, columns, ref tile, stride);
                tile = ref Unsafe.Add(ref tile, (nint)TileRows * stride);
                panels.A = ref Unsafe.Add(ref panels.A, panelStep);
            }
        }
    }

    /// <summary>Whether a packed panel is read often enough to pay for itself: soon where it lies across, late where rows lie a page apart, otherwise never.</summary>
    private static bool IsWorthPacking(in StridedMatrix<T> a, int columns) =>
        a.ColumnStride != 1 ? columns >= 3 * StripWidth : columns >= 512 && GemmPack.ArePagesApart<T>(a.RowStride);

    private static ref T PackRows(
        scoped in StridedMatrix<T> a, int row, int rows, scoped in GemmStrips<TSimd, TVector, T> strips)
    {
        ref T packed = ref PackBuffer<T>.Rows.Take((rows + TileRows) * strips.Depth);
        for (int i = 0; i < rows; i += TileRows)
        {
            ref T panel = ref Unsafe.Add(ref packed, (nint)i * strips.Depth);
            GemmPack.Panel(a, row + i, Math.Min(TileRows, rows - i), strips.Row, strips.Depth, TileRows, ref panel);
        }

        return ref packed;
    }

    private static void Update(in TilePanels<T> panels, in TileScale<T> scale, int columns, ref T c, nint stride)
    {
        if (panels.RowStep == PackedRows.Step)
            Update<PackedRows>(panels, scale, columns, ref c, stride);
        else
            Update<PlacedRows>(panels, scale, columns, ref c, stride);
    }

    private static void Update<TRows>(in TilePanels<T> panels, in TileScale<T> scale, int columns, ref T c, nint stride)
        where TRows : struct, IPanelRows
    {
        if (panels.Rows == TileRows && columns == StripWidth)
            GemmTile<TRows, WideStrip, TSimd, TVector, T>.Update(panels, scale, ref c, stride);
        else if (panels.Rows == TileRows && columns == TSimd.Lanes)
            GemmTile<TRows, NarrowStrip, TSimd, TVector, T>.Update(panels, scale, ref c, stride);
        else if (columns > TSimd.Lanes)
            UpdateEdge<TRows, WideStrip>(panels, scale, columns, ref c, stride);
        else
            UpdateEdge<TRows, NarrowStrip>(panels, scale, columns, ref c, stride);
    }

    /// <summary>A tile that hangs over the edge of C is computed in a whole tile of its own.</summary>
    private static void UpdateEdge<TRows, TStrip>(in TilePanels<T> panels, in TileScale<T> scale, int columns, ref T c, nint stride)
        where TStrip : struct, IStrip
        where TRows : struct, IPanelRows
    {
        int width = TStrip.Vectors * TSimd.Lanes;
        Span<T> tile = stackalloc T[TileRows * width];
        for (int i = 0; i < panels.Rows && !scale.Overwrites; i++)
            GemmPack.Line(ref Unsafe.Add(ref c, i * stride), columns, ref tile[i * width]);
        GemmTile<TRows, TStrip, TSimd, TVector, T>.Update(panels, scale, ref tile[0], width);
        for (int i = 0; i < panels.Rows; i++)
            GemmPack.Line(ref tile[i * width], columns, ref Unsafe.Add(ref c, i * stride));
    }
}
