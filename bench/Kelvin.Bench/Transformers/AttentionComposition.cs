using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Transformers;

/// <summary>The same output composed of our own parts: a product, our softmax with its causal mask, a product; head after head.</summary>
internal sealed class AttentionComposition(AttentionSetting setting, int threads) : IContestant
{
    private readonly MatrixView<float> _scores = MatrixView.Allocate<float>(setting.Queries.Rows, setting.Keys.Rows);

    public double UnitsPerRun => setting.Operations;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        const int Depth = AttentionSetting.Depth;
        for (int head = 0; head < setting.Options.Heads; head++)
        {
            ReadOnlyMatrixView<float> queries = setting.Queries.Block(0, head * Depth, setting.Queries.Rows, Depth);
            ReadOnlyMatrixView<float> keys = setting.Keys.Block(0, head * Depth, setting.Keys.Rows, Depth);
            ReadOnlyMatrixView<float> values = setting.Values.Block(0, head * Depth, setting.Values.Rows, Depth);
            Gemm.Multiply(1 / 8f, queries, Transpose.No, keys, Transpose.Yes, 0, _scores, threads);
            SoftmaxRows.Probabilities(_scores, 1f, _scores, RowMask.Causal(), threads);
            Gemm.Multiply(1f, _scores, Transpose.No, values, Transpose.No, 0, setting.Output.Block(0, head * Depth, setting.Output.Rows, Depth), threads);
        }
    }
}
