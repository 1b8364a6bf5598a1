using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Writes out the scores that <see cref="FusedAttention"/> never holds, a few queries of one head at a time: for pictures and statistics of single keys.</summary>
/// <remarks>
/// <para>z = cap·tanh(scale·⟨q, k⟩/cap) + slope·(j − i), as <see cref="AttentionOptions"/> says; not divided by T. A key that a query does not see gets −∞.
/// A learnt sink is one more entry at the end.</para>
/// <para>Accuracy: float; that of the GEMM and one rounding for each part. Cost: 2d operations for each key up to the last that a query sees.</para>
/// </remarks>
public static class AttentionScores
{
    /// <summary>Entries of a row: the keys, and the sink if there is one.</summary>
    public static int RowLength(in AttentionInputs<float> inputs) => inputs.Keys.Rows + (inputs.Sinks.IsEmpty ? 0 : 1);

    /// <summary>Computes the scores of some queries.</summary>
    /// <param name="inputs">Queries, keys and sinks; values are not read. Bias and key counts must be empty.</param>
    /// <param name="options">Heads, scale, masks.</param>
    /// <param name="head">The query head, from 0.</param>
    /// <param name="first">The first of the queries.</param>
    /// <param name="scores">z, shape [queries, <see cref="RowLength"/>].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or an option is out of range.</exception>
    public static void Compute(in AttentionInputs<float> inputs, AttentionOptions options, int head, int first, MatrixView<float> scores)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Require.Index(head, options.Heads, nameof(head));
        Require.That(inputs.Bias.Rows == 0 && inputs.KeyCounts.IsEmpty, "Bias and key counts are not computed here; leave them empty.", nameof(inputs));
        Require.SameShape(scores.Rows, RowLength(inputs), scores.Rows, scores.Columns, nameof(scores));
        int keys = inputs.Keys.Rows;
        int depth = inputs.Queries.Columns / options.Heads;
        int keyHead = head / (options.Heads / (options.KeyValueHeads ?? options.Heads));
        int offset = options.QueryOffset ?? (keys - inputs.Queries.Rows);
        int seen = options.IsCausal ? Math.Clamp(first + scores.Rows + offset, 0, keys) : keys;
        Gemm.Multiply(
            (float)(options.Scale ?? 1 / Math.Sqrt(depth)),
            inputs.Queries.Block(first, head * depth, scores.Rows, depth), Transpose.No,
            inputs.Keys.Block(0, keyHead * depth, seen, depth), Transpose.Yes,
            0, scores.Block(0, 0, scores.Rows, seen));
        for (int i = 0; i < scores.Rows; i++)
        {
            Finish(scores.Row(i)[..keys], options, options.Slopes.IsEmpty ? 0 : options.Slopes.Span[head], first + i + offset);
            if (!inputs.Sinks.IsEmpty)
                scores[i, keys] = inputs.Sinks.Span[head];
        }
    }

    private static void Finish(Span<float> row, AttentionOptions options, double slope, int position)
    {
        int start = Math.Clamp(position - (options.Window ?? row.Length) + 1, 0, row.Length);
        int end = options.IsCausal ? Math.Clamp(position + 1, start, row.Length) : Math.Min(row.Length, position + (options.Window ?? row.Length));
        end = Math.Max(start, end);
        for (int j = start; j < end && (options.SoftCap is not null || slope != 0); j++)
        {
            double z = options.SoftCap is { } cap ? cap * Math.Tanh(row[j] / cap) : row[j];
            row[j] = (float)(z + (slope * (j - position)));
        }

        row[..start].Fill(float.NegativeInfinity);
        row[end..].Fill(float.NegativeInfinity);
    }
}
