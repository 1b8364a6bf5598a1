using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>The checks that both norms share.</summary>
internal static class NormDoor
{
    /// <summary>Rows in a piece of work for one thread.</summary>
    public static int Grain(int columns) => Math.Max(1, 16_384 / columns);

    public static void Forward<T>(ReadOnlyMatrixView<T> x, ReadOnlySpan<T> gain, double epsilon, MatrixView<T> y, ReadOnlySpan<RowScaling<T>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Positive(epsilon);
        Require.Positive(x.Columns, "d");
        Require.Length(gain, x.Columns);
        Require.SameShape(x.Rows, x.Columns, y.Rows, y.Columns, nameof(y));
        Require.Length(rows, x.Rows);
    }

    public static void Backward<T>(
        ReadOnlyMatrixView<T> x, ReadOnlySpan<T> gain, ReadOnlySpan<RowScaling<T>> rows, ReadOnlyMatrixView<T> dY, MatrixView<T> dX, ReadOnlySpan<T> dGain)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.FloatOrDouble<T>();
        Require.Positive(x.Columns, "d");
        Require.Length(gain, x.Columns);
        Require.Length(dGain, x.Columns);
        Require.Length(rows, x.Rows);
        Require.SameShape(x.Rows, x.Columns, dY.Rows, dY.Columns, nameof(dY));
        Require.SameShape(x.Rows, x.Columns, dX.Rows, dX.Columns, nameof(dX));
    }
}
