using System.Numerics;

namespace Kelvin.Linear;

/// <summary>A product cut into rectangles of C that threads compute apart from one another.</summary>
internal readonly struct GemmJob<TSimd, TVector, T>(GemmProblem<T> problem, int rowsEach, int columnsEach) : IRangeBody
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Several rectangles a thread, so that one that is held up leaves some of its share to the others.</summary>
    private const int PiecesPerThread = 2;

    /// <summary>Products a piece should have: about 10 µs, what it costs to wake a thread.</summary>
    private const long WorkPerPiece = 1 << 19;

    /// <summary>Computes C on at most <paramref name="threads"/> threads.</summary>
    public static void Run(in GemmProblem<T> problem, int threads)
    {
        (int rows, int columns) = (problem.C.Rows, problem.C.Columns);
        long work = (long)rows * columns * problem.Depth;
        int wanted = threads == 1 ? 1 : (int)Math.Min(PiecesPerThread * Math.Min(threads, Environment.ProcessorCount), work / WorkPerPiece);
        int pieces = 1;
        while (pieces < wanted && Math.Max(rows, columns) > 2 * GemmBlocks<TSimd, TVector, T>.StripWidth)
        {
            if (rows >= columns)
                rows = HalfOf(rows, GemmBlocks<TSimd, TVector, T>.TileRows);
            else
                columns = HalfOf(columns, GemmBlocks<TSimd, TVector, T>.StripWidth);
            pieces *= 2;
        }

        var job = new GemmJob<TSimd, TVector, T>(problem, rows, columns);
        ParallelRange.For(Pieces(problem.C.Rows, rows) * Pieces(problem.C.Columns, columns), 1, threads, job);
    }

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        int across = Pieces(problem.C.Columns, columnsEach);
        for (int piece = start; piece < end; piece++)
        {
            (int i, int j) = (piece / across * rowsEach, piece % across * columnsEach);
            (int rows, int columns) = (Math.Min(rowsEach, problem.C.Rows - i), Math.Min(columnsEach, problem.C.Columns - j));
            GemmBlocks<TSimd, TVector, T>.Multiply(problem, i, rows, j, columns);
        }
    }

    private static int Pieces(int length, int each) => ((length - 1) / each) + 1;

    private static int HalfOf(int length, int multiple) => ((length / 2) + multiple - 1) / multiple * multiple;
}
