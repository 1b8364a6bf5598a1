using Kelvin.Bench.Linear;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

namespace Kelvin.Bench.Transformers;

/// <summary>Causal attention of some heads of 64 in float, everything allocated.</summary>
internal sealed class AttentionSetting
{
    public const int Depth = 64;

    public AttentionSetting(int queries, int keys, int heads)
    {
        Queries = Filled.Matrix(queries, heads * Depth);
        Keys = Filled.Matrix(keys, heads * Depth);
        Values = Filled.Matrix(keys, heads * Depth);
        Output = MatrixView.Allocate<float>(queries, heads * Depth);
        LogSumExp = new double[heads * queries];
        Vitals = new AttentionStatistics[heads * queries];
        Options = new AttentionOptions { Heads = heads, IsCausal = true };
    }

    public MatrixView<float> Queries { get; }

    public MatrixView<float> Keys { get; }

    public MatrixView<float> Values { get; }

    public MatrixView<float> Output { get; }

    public double[] LogSumExp { get; }

    public AttentionStatistics[] Vitals { get; }

    public AttentionOptions Options { get; }

    public AttentionInputs<float> Inputs => new() { Queries = Queries, Keys = Keys, Values = Values };

    /// <summary>Half of the 4·T²·d operations of two full products, for each head.</summary>
    public double Operations => 2.0 * Queries.Rows * Keys.Rows * Depth * Options.Heads;
}
