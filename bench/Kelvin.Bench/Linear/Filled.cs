using Kelvin.Linear;
using MathNet.Numerics.Random;

namespace Kelvin.Bench.Linear;

/// <summary>Matrices of seeded numbers from −0.5 to 0.5.</summary>
internal static class Filled
{
    public static MatrixView<float> Matrix(int rows, int columns)
    {
        var random = new Xoshiro256StarStar(1, false);
        MatrixView<float> matrix = MatrixView.Allocate<float>(rows, columns);
        foreach (ref float x in matrix.Span)
            x = (float)(random.NextDouble() - 0.5);
        return matrix;
    }
}
