using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>The gradient of a bias: sums over the rows of a matrix.</summary>
internal static class ColumnSums
{
    /// <summary>Adds Σᵢ matrixᵢ to <paramref name="sums"/>, shape [columns]; an empty one asks for nothing.</summary>
    public static void Add<T>(ReadOnlyMatrixView<T> matrix, Memory<T> sums, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!sums.IsEmpty)
            ParallelRange.For(matrix.Columns, ColumnBlocks.Width, threads, new Body<T>(matrix, sums));
    }

    private readonly struct Body<T>(ReadOnlyMatrixView<T> matrix, Memory<T> sums) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            Span<T> sum = sums.Span[start..end];
            for (int i = 0; i < matrix.Rows; i++)
                TensorPrimitives.Add(sum, matrix.Row(i)[start..end], sum);
        }
    }
}
