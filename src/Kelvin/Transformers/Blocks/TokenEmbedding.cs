using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Turns tokens into vectors: the token's row of a table, plus the position's row of another where positions are learnt.</summary>
/// <remarks>xᵢ = E[tokenᵢ] + P[i mod L], L the length of a sequence. No result depends on <c>threads</c>.</remarks>
public static class TokenEmbedding
{
    /// <summary>Looks the vectors up.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">Sequences of equal length, one after another, shape [n]; each from 0 to V − 1.</param>
    /// <param name="length">L, the length of each sequence, a divisor of n.</param>
    /// <param name="table">E, shape [V, d].</param>
    /// <param name="positions">P, shape [at least L, d]; or 0 × 0 where positions are not learnt.</param>
    /// <param name="x">Shape [n, d].</param>
    public static void Forward<T>(ReadOnlySpan<int> tokens, int length, ReadOnlyMatrixView<T> table, ReadOnlyMatrixView<T> positions, MatrixView<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(tokens, length, table.Rows, table.Columns, positions.Rows, positions.Columns, x.Rows, x.Columns);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (positions.Rows == 0)
                table.Row(tokens[i]).CopyTo(x.Row(i));
            else
                TensorPrimitives.Add(table.Row(tokens[i]), positions.Row(i % length), x.Row(i));
        }
    }

    /// <summary>Adds ∂L/∂x to the rows that it came from.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">As given to the forward pass.</param>
    /// <param name="length">L.</param>
    /// <param name="dX">∂L/∂x, shape [n, d].</param>
    /// <param name="dTable">∂L/∂E, shape [V, d].</param>
    /// <param name="dPositions">∂L/∂P, shape [at least L, d]; or 0 × 0.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads, each with columns of its own.</param>
    public static void Backward<T>(
        ReadOnlyMemory<int> tokens, int length, ReadOnlyMatrixView<T> dX, MatrixView<T> dTable, MatrixView<T> dPositions, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(tokens.Span, length, dTable.Rows, dTable.Columns, dPositions.Rows, dPositions.Columns, dX.Rows, dX.Columns);
        ParallelRange.For(dX.Columns, ColumnBlocks.Width, threads, new Body<T>(tokens, length, dX, dTable, dPositions));
    }

    private static void CheckShapes(ReadOnlySpan<int> tokens, int length, int vocabulary, int width, int positions, int positionWidth, int rows, int columns)
    {
        Require.Positive(length);
        Require.SameShape(tokens.Length, width, rows, columns, "x");
        if (tokens.Length % length != 0)
            throw new ArgumentException($"There are {tokens.Length} tokens, but sequences of {length}; fill the last one up.", nameof(tokens));
        foreach (int token in tokens)
            Require.Index(token, vocabulary, nameof(tokens));
        if (positions == 0)
            return;
        if (positions < length)
            throw new ArgumentException($"The sequences have {length} tokens, but the model has {positions} positions; cut them shorter.", nameof(length));
        Require.SameShape(positions, width, positions, positionWidth, nameof(positions));
    }

    private readonly struct Body<T>(ReadOnlyMemory<int> tokens, int length, ReadOnlyMatrixView<T> dX, MatrixView<T> dTable, MatrixView<T> dPositions) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            ReadOnlySpan<int> ids = tokens.Span;
            for (int i = 0; i < ids.Length; i++)
            {
                ReadOnlySpan<T> gradient = dX.Row(i)[start..end];
                Add(gradient, dTable.Row(ids[i])[start..end]);
                if (dPositions.Rows > 0)
                    Add(gradient, dPositions.Row(i % length)[start..end]);
            }
        }

        private static void Add(ReadOnlySpan<T> gradient, Span<T> to) => TensorPrimitives.Add(to, gradient, to);
    }
}
