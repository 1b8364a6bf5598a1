using System.Numerics;
using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Tests.Linear;

/// <summary>The slow, obvious product in double, its error bound, and matrices to feed it.</summary>
internal static class Reference
{
    /// <summary>A matrix of numbers from −1 to 1, its rows <paramref name="gap"/> elements of NaN apart.</summary>
    public static MatrixView<T> Random<T>(int rows, int columns, int seed, int gap = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Xoshiro256StarStar(seed, false);
        T[] memory = new T[rows * (columns + gap)];
        Array.Fill(memory, T.NaN);
        MatrixView<T> matrix = new(memory, rows, columns, columns + gap);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref T x in matrix.Row(i))
                x = T.CreateChecked((2 * random.NextDouble()) - 1);
        }

        return matrix;
    }

    /// <summary>alpha·op(A)·op(B) + beta·C in double, and the error that the working precision may make.</summary>
    public static (double[,] Value, double[,] Bound) Multiply<T>(
        T alpha, ReadOnlyMatrixView<T> a, Transpose transposeA, ReadOnlyMatrixView<T> b, Transpose transposeB, T beta, ReadOnlyMatrixView<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = transposeA == Transpose.No ? a.Columns : a.Rows;
        double[,] value = new double[c.Rows, c.Columns];
        double[,] bound = new double[c.Rows, c.Columns];
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                double sum = 0;
                double size = 0;
                for (int l = 0; l < k; l++)
                {
                    double product = double.CreateChecked(transposeA == Transpose.No ? a[i, l] : a[l, i])
                        * double.CreateChecked(transposeB == Transpose.No ? b[l, j] : b[j, l]);
                    sum += product;
                    size += Math.Abs(product);
                }

                double old = beta == T.Zero ? 0 : double.CreateChecked(beta) * double.CreateChecked(c[i, j]);
                value[i, j] = (double.CreateChecked(alpha) * sum) + old;
                bound[i, j] = Gamma<T>(k + 3) * ((Math.Abs(double.CreateChecked(alpha)) * size) + Math.Abs(old));
            }
        }

        return (value, bound);
    }

    /// <summary>n·u/(1 − n·u); twice that in double, where the reference errs as much as what it judges.</summary>
    public static double Gamma<T>(int n)
    {
        double u = typeof(T) == typeof(float) ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);
        return (typeof(T) == typeof(float) ? 1 : 2) * n * u / (1 - (n * u));
    }

    /// <summary>Whether every element of <paramref name="actual"/> lies within the bound of its value.</summary>
    public static bool IsWithin<T>(MatrixView<T> actual, (double[,] Value, double[,] Bound) expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < actual.Rows; i++)
        {
            for (int j = 0; j < actual.Columns; j++)
            {
                if (!(Math.Abs(double.CreateChecked(actual[i, j]) - expected.Value[i, j]) <= expected.Bound[i, j]))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether two matrices hold the same bits.</summary>
    public static bool AreSame<T>(ReadOnlyMatrixView<T> x, ReadOnlyMatrixView<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Rows; i++)
        {
            if (!System.Runtime.InteropServices.MemoryMarshal.AsBytes(x.Row(i)).SequenceEqual(
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(y.Row(i))))
                return false;
        }

        return x.Rows == y.Rows && x.Columns == y.Columns;
    }

    /// <summary>A copy with a gap-free memory of its own.</summary>
    public static MatrixView<T> Copy<T>(MatrixView<T> matrix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> copy = MatrixView.Allocate<T>(matrix.Rows, matrix.Columns);
        matrix.CopyTo(copy);
        return copy;
    }
}
