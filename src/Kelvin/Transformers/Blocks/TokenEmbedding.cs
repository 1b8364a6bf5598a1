using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Transformers.Blocks;

/// <summary>Turns tokens into vectors: the token's row of a table, plus the position's row of another where positions are learnt.</summary>
/// <remarks>xᵢ = E[tokenᵢ] + P[i − s], s the start of its sequence. No result depends on <c>threads</c>.</remarks>
public static class TokenEmbedding
{
    /// <summary>Looks the vectors up.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">Sequences, one after another, shape [n]; each from 0 to V − 1.</param>
    /// <param name="starts">Where each sequence starts, in order from 0, and last n.</param>
    /// <param name="table">E, shape [V, d].</param>
    /// <param name="positions">P, shape [at least the longest sequence, d]; or 0 × 0 where positions are not learnt.</param>
    /// <param name="x">Shape [n, d].</param>
    public static void Forward<T>(ReadOnlySpan<int> tokens, ReadOnlySpan<int> starts, ReadOnlyMatrixView<T> table, ReadOnlyMatrixView<T> positions, MatrixView<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(tokens, starts, table.Rows, table.Columns, positions.Rows, positions.Columns, x.Rows, x.Columns);
        for (int sequence = 0; sequence < starts.Length - 1; sequence++)
        {
            for (int i = starts[sequence]; i < starts[sequence + 1]; i++)
            {
                if (positions.Rows == 0)
                    table.Row(tokens[i]).CopyTo(x.Row(i));
                else
                    TensorPrimitives.Add(table.Row(tokens[i]), positions.Row(i - starts[sequence]), x.Row(i));
            }
        }
    }

    /// <summary>Adds ∂L/∂x to the rows that it came from.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="tokens">As given to the forward pass.</param>
    /// <param name="starts">Likewise.</param>
    /// <param name="dX">∂L/∂x, shape [n, d].</param>
    /// <param name="dTable">∂L/∂E, shape [V, d].</param>
    /// <param name="dPositions">∂L/∂P, shape [at least the longest sequence, d]; or 0 × 0.</param>
    /// <param name="threads">1: the caller alone; n: at most n threads, each with columns of its own.</param>
    public static void Backward<T>(
        ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> starts, ReadOnlyMatrixView<T> dX, MatrixView<T> dTable, MatrixView<T> dPositions, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckShapes(tokens.Span, starts.Span, dTable.Rows, dTable.Columns, dPositions.Rows, dPositions.Columns, dX.Rows, dX.Columns);
        ParallelRange.For(dX.Columns, ColumnBlocks.Width, threads, new Body<T>(tokens, starts, dX, dTable, dPositions));
    }

    private static void CheckShapes(ReadOnlySpan<int> tokens, ReadOnlySpan<int> starts, int vocabulary, int width, int positions, int positionWidth, int rows, int columns)
    {
        Require.SameShape(tokens.Length, width, rows, columns, "x");
        if (starts.IsEmpty || starts[0] != 0 || starts[^1] != tokens.Length)
            throw new ArgumentException($"starts must go from 0 to the {tokens.Length} tokens.", nameof(starts));
        int longest = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            Require.That(starts[i] >= starts[i - 1], $"starts falls from {starts[i - 1]} to {starts[i]}, but must be in order.", nameof(starts));
            longest = Math.Max(longest, starts[i] - starts[i - 1]);
        }

        foreach (int token in tokens)
            Require.Index(token, vocabulary, nameof(tokens));
        if (positions == 0)
            return;
        if (positions < longest)
            throw new ArgumentException($"A sequence has {longest} tokens, but the model has {positions} positions; cut it shorter.", nameof(starts));
        Require.SameShape(positions, width, positions, positionWidth, nameof(positions));
    }

    private readonly struct Body<T>(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> starts, ReadOnlyMatrixView<T> dX, MatrixView<T> dTable, MatrixView<T> dPositions) : IRangeBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int start, int end)
        {
            ReadOnlySpan<int> ids = tokens.Span;
            ReadOnlySpan<int> first = starts.Span;
            for (int sequence = 0; sequence < first.Length - 1; sequence++)
            {
                for (int i = first[sequence]; i < first[sequence + 1]; i++)
                {
                    ReadOnlySpan<T> gradient = dX.Row(i)[start..end];
                    Add(gradient, dTable.Row(ids[i])[start..end]);
                    if (dPositions.Rows > 0)
                        Add(gradient, dPositions.Row(i - first[sequence])[start..end]);
                }
            }
        }

        private static void Add(ReadOnlySpan<T> gradient, Span<T> to) => TensorPrimitives.Add(to, gradient, to);
    }
}
