using System.Numerics;

namespace Kelvin.Linear;

/// <summary>A·Aᵀ cut into bands of rows: each band is computed up to its diagonal block and copied across the diagonal.</summary>
internal readonly struct GramJob<TSimd, TVector, T>(GemmProblem<T> problem, int bandRows) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TileRows = GemmBlocks<TSimd, TVector, T>.TileRows;

    /// <summary>More bands leave enough for all threads and stay nearer, but each packs its share of A anew.</summary>
    private const int Bands = 8;

    /// <summary>Computes G on at most <paramref name="threads"/> threads.</summary>
    public static void Run(in GemmProblem<T> problem, int threads)
    {
        int rows = problem.C.Rows;
        int bandRows = Math.Max(8, (rows / (Bands * TileRows)) + 1) * TileRows;
        ParallelRange.For(((rows - 1) / bandRows) + 1, 1, threads, new GramJob<TSimd, TVector, T>(problem, bandRows));
    }

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        int bands = ((problem.C.Rows - 1) / bandRows) + 1;
        for (int piece = start; piece < end; piece++)
        {
            int row = (bands - 1 - piece) * bandRows;   // the longest first, so that the last to be handed out are short
            int rows = Math.Min(bandRows, problem.C.Rows - row);
            GemmBlocks<TSimd, TVector, T>.Multiply(problem, row, rows, 0, row + rows, reach: 0);
            Mirror(row, rows);
        }
    }

    private void Mirror(int row, int rows)
    {
        MatrixView<T> gram = problem.C;
        for (int j = 0; j < row + rows; j++)
        {
            Span<T> target = gram.Row(j);
            for (int i = Math.Max(row, j + 1); i < row + rows; i++)
                target[i] = gram[i, j];
        }
    }
}
