using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>The checks that both norms share.</summary>
internal static class NormDoor
{
    /// <summary>Rows in a piece of work for one thread.</summary>
    public static int Grain(int columns) => Math.Max(1, 16_384 / columns);

    /// <summary>Checks a forward pass over groups of <paramref name="size"/> entries; <paramref name="rows"/> may be empty.</summary>
    public static void Forward<T>(ReadOnlyMatrixView<T> x, int size, double epsilon, MatrixView<T> y, ReadOnlySpan<RowScaling<T>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Positive(epsilon);
        int groups = Groups(x, size);
        Require.SameShape(x.Rows, x.Columns, y.Rows, y.Columns, nameof(y));
        if (!rows.IsEmpty)
            Require.Length(rows, x.Rows * groups);
    }

    public static void Backward<T>(
        ReadOnlyMatrixView<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, MatrixView<T> dX, ReadOnlySpan<T> dGain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Backward(x, gain.Length, rows, dY, dX);
        Require.Length(dGain, gain.Length);
    }

    public static void Backward<T>(ReadOnlyMatrixView<T> x, int size, ReadOnlySpan<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, MatrixView<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Length(rows, x.Rows * Groups(x, size));
        Require.SameShape(x.Rows, x.Columns, dY.Rows, dY.Columns, nameof(dY));
        Require.SameShape(x.Rows, x.Columns, dX.Rows, dX.Columns, nameof(dX));
    }

    private static int Groups<T>(ReadOnlyMatrixView<T> x, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.Positive(x.Columns, "d");
        Require.Positive(size, "d");
        if (x.Columns % size != 0)
            throw new ArgumentException($"x has {x.Columns} columns, but must have a multiple of the {size} that are normalised together.", nameof(x));
        return x.Columns / size;
    }
}
