using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>A block of op(B) cut into strips: packed, or read in place where it lies row by row and is read too few times.</summary>
internal readonly ref struct GemmStrips<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsWorthPacking = 24;

    private readonly ref T _inPlace;
    private readonly ref T _packed;
    private readonly nint _rowStride;
    private readonly bool _packsAll;

    /// <summary>Packs what is to be packed of the block that starts at (row, column), for a product with <paramref name="rows"/> rows.</summary>
    public GemmStrips(in StridedMatrix<T> b, int row, int depth, int column, int columns, int rows)
    {
        (Row, Depth, Column, Columns) = (row, depth, column, columns);
        _inPlace = ref b.At(row, column);
        _rowStride = b.RowStride;
        _packsAll = rows >= RowsWorthPacking || b.ColumnStride != 1;
        int first = _packsAll ? 0 : Count - 1;
        _packed = ref PackBuffer<T>.Columns.Take((Count - first) * StripWidth * depth);
        for (int strip = first; strip < Count; strip++)
        {
            if (IsPacked(strip))
                GemmPack.Strip(b, row, depth, column + (strip * StripWidth), Left(strip), Width(strip), ref Packed(strip));
        }
    }

    /// <summary>Where the block starts in k.</summary>
    public int Row { get; }

    /// <summary>How long the block is in k.</summary>
    public int Depth { get; }

    /// <summary>The block's first column in C.</summary>
    public int Column { get; }

    /// <summary>The block's columns.</summary>
    public int Columns { get; }

    /// <summary>Number of strips.</summary>
    public int Count => ((Columns - 1) / StripWidth) + 1;

    private static int StripWidth => GemmBlocks<TSimd, TVector, T>.StripWidth;

    /// <summary>Points the panels at a strip and returns how many of its columns exist.</summary>
    public int Open(int strip, ref TilePanels<T> panels)
    {
        if (IsPacked(strip))
        {
            panels.B = ref Packed(strip);
            panels.StripStep = Width(strip);
        }
        else
        {
            panels.B = ref Unsafe.Add(ref _inPlace, (nint)strip * StripWidth);
            panels.StripStep = _rowStride;
        }

        return Left(strip);
    }

    private int Left(int strip) => Math.Min(StripWidth, Columns - (strip * StripWidth));

    private int Width(int strip) => Left(strip) <= TSimd.Lanes ? TSimd.Lanes : StripWidth;

    private bool IsPacked(int strip) => _packsAll || Left(strip) != Width(strip);

    private ref T Packed(int strip) => ref Unsafe.Add(ref _packed, (nint)(_packsAll ? strip : 0) * StripWidth * Depth);
}
