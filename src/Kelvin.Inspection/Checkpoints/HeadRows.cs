using Kelvin.Inspection.Sites;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Attention;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>Computes the scores of one head some queries at a time, in float as the model does, and their softmax in double.</summary>
internal static class HeadRows
{
    /// <summary>Queries at a time: the scores held are this many times the keys.</summary>
    private const int Block = 64;

    /// <summary>Bytes of scores, logits and probabilities that a thread holds.</summary>
    public static long Bytes(int entries) => (long)entries * ((Math.Min(Block, entries) * sizeof(float)) + (2 * sizeof(double)));

    /// <summary>Reads all rows of a head.</summary>
    /// <param name="inputs">Queries, keys and sinks of all heads.</param>
    /// <param name="options">What lies between ⟨q, k⟩ and the softmax.</param>
    /// <param name="head">The query head.</param>
    /// <param name="tally">Takes the rows.</param>
    /// <param name="cells">Takes the probabilities of the keys.</param>
    public static void Read(in AttentionInputs<float> inputs, AttentionOptions options, int head, HeadTally tally, PatternCells cells)
    {
        int queries = inputs.Queries.Rows;
        int entries = AttentionScores.RowLength(inputs);
        MatrixView<float> scores = MatrixView.Allocate<float>(Math.Min(Block, queries), entries);
        double[] z = new double[entries];
        double[] p = new double[entries];
        for (int first = 0; first < queries; first += Block)
        {
            int count = Math.Min(Block, queries - first);
            AttentionScores.Compute(inputs, options, head, first, scores.RowRange(0, count));
            for (int i = 0; i < count; i++)
            {
                int seen = first + i + 1;
                int length = inputs.Sinks.IsEmpty ? seen : entries;   // what lies behind is masked; a sink stands at the end
                for (int j = 0; j < length; j++)
                    z[j] = scores[i, j];
                Span<double> probabilities = p.AsSpan(0, length);
                SoftmaxStatistics row = TemperedSoftmax.Forward(z.AsSpan(0, length), 1, probabilities);
                tally.Add(row, z.AsSpan(0, length), probabilities);
                cells.Add(first + i, probabilities[..seen]);
            }
        }
    }
}
