using System.Numerics;

namespace Kelvin.Linear;

/// <summary>A matrix laid row by row over memory that somebody else owns; writes go through to it.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Element (i, j) is at i·stride + j. Copying a view copies no element. The default view has 0 rows and 0 columns.</remarks>
public readonly struct MatrixView<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Memory<T> _memory;

    /// <summary>Lays a matrix over the start of <paramref name="memory"/>, its rows one after another.</summary>
    /// <exception cref="ArgumentException">The memory is too short, or a size is negative.</exception>
    public MatrixView(Memory<T> memory, int rows, int columns)
        : this(memory, rows, columns, columns)
    {
    }

    /// <summary>Lays a matrix over <paramref name="memory"/> whose rows start <paramref name="stride"/> elements apart.</summary>
    /// <exception cref="ArgumentException">The memory is too short, a size is negative, or rows overlap.</exception>
    public MatrixView(Memory<T> memory, int rows, int columns, int stride)
    {
        Require.MatrixShape(memory.Length, rows, columns, stride);
        _memory = memory;
        Rows = rows;
        Columns = columns;
        Stride = stride;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from the start of a row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>Whether the rows follow one another without a gap.</summary>
    public bool IsContiguous => Stride == Columns || Rows <= 1;

    /// <summary>Element in row <paramref name="row"/> and column <paramref name="column"/>, both from 0.</summary>
    public ref T this[int row, int column] => ref Row(row)[column];

    /// <summary>Reads what this view can also write.</summary>
    public static implicit operator ReadOnlyMatrixView<T>(MatrixView<T> view) => view.AsReadOnly();

    /// <summary>The same matrix, for reading only.</summary>
    public ReadOnlyMatrixView<T> AsReadOnly() => new(_memory, Rows, Columns, Stride);

    /// <summary>Row <paramref name="index"/> (from 0), shape [Columns].</summary>
    public Span<T> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Rows, nameof(index));
        return _memory.Span.Slice(index * Stride, Columns);
    }

    /// <summary>From the first element to the last, with the gaps between rows where the stride is wider than a row.</summary>
    public Span<T> Span => Rows == 0 || Columns == 0 ? default : _memory.Span[..(((Rows - 1) * Stride) + Columns)];

    /// <summary>Rows <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1, as a view.</summary>
    public MatrixView<T> RowRange(int start, int count) => Block(start, 0, count, Columns);

    /// <summary>A rectangle of this matrix, as a view on the same memory.</summary>
    public MatrixView<T> Block(int row, int column, int rows, int columns)
    {
        Require.BlockInside(row, column, rows, columns, Rows, Columns);
        return rows == 0 || columns == 0
            ? new MatrixView<T>(default, rows, columns, Math.Max(columns, 0))
            : new MatrixView<T>(_memory[((row * Stride) + column)..], rows, columns, Stride);
    }

    /// <summary>Copies the elements to a matrix of the same shape.</summary>
    public void CopyTo(MatrixView<T> destination)
    {
        Require.SameShape(Rows, Columns, destination.Rows, destination.Columns, nameof(destination));
        for (int i = 0; i < Rows; i++)
            Row(i).CopyTo(destination.Row(i));
    }
}
