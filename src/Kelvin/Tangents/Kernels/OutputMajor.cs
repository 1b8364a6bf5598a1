using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Lays a matrix with a row for each example out as the kernels order it: all examples of output 0, then of output 1, and so on.</summary>
public static class OutputMajor
{
    /// <summary>vec(F): element l·n + i is F_il.</summary>
    /// <param name="matrix">F, shape n × d_out.</param>
    public static T[] Stack<T>(ReadOnlyMatrixView<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] stacked = new T[matrix.Rows * matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int l = 0; l < matrix.Columns; l++)
                stacked[(l * matrix.Rows) + i] = matrix[i, l];
        }

        return stacked;
    }

    /// <summary>vec(F − Y), the residual u.</summary>
    /// <param name="outputs">F, shape n × d_out.</param>
    /// <param name="targets">Y, shape n × d_out.</param>
    public static T[] Residual<T>(ReadOnlyMatrixView<T> outputs, ReadOnlyMatrixView<T> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.SameShape(outputs.Rows, outputs.Columns, targets.Rows, targets.Columns, nameof(targets));
        T[] residual = Stack(outputs);
        for (int i = 0; i < targets.Rows; i++)
        {
            for (int l = 0; l < targets.Columns; l++)
                residual[(l * targets.Rows) + i] -= targets[i, l];
        }

        return residual;
    }
}
