using System.Numerics;

namespace Kelvin.Linear;

/// <summary>Makes matrices that own their memory.</summary>
public static class MatrixView
{
    /// <summary>Allocates a matrix of zeros.</summary>
    /// <exception cref="ArgumentException">A size is negative.</exception>
    public static MatrixView<T> Allocate<T>(int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.That(rows >= 0 && columns >= 0, "A matrix cannot have a negative number of rows or columns.", nameof(rows));
        return new MatrixView<T>(new T[(long)rows * columns], rows, columns);
    }

    /// <summary>Lays a row-major copy of a rectangular array over memory of its own.</summary>
    public static MatrixView<T> From<T>(T[,] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> matrix = Allocate<T>(values.GetLength(0), values.GetLength(1));
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
                matrix[i, j] = values[i, j];
        }

        return matrix;
    }
}
