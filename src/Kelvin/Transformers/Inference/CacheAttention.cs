using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Weights;

namespace Kelvin.Transformers.Inference;

/// <summary>Causal attention of a sequence's new tokens over its cache, one softmax after another: piece h·n + i is head h's query i.</summary>
/// <remarks>
/// o = Σⱼ pⱼ vⱼ, p = softmax(⟨q, kⱼ⟩/√d) over the keys up to the query's own position. Made for single tokens, whose cost is reading K and V
/// once; the statistics come from the softmax that is computed anyway.
/// </remarks>
internal readonly struct CacheAttention(
    ReadOnlyMatrixView<float> queries, ReadOnlyMatrixView<float> keys, ReadOnlyMatrixView<float> values, int headSize, int sharing,
    MatrixView<float> output, Memory<AttentionStatistics> vitals, Memory<int> largestKeys) : IRangeBody
{
    [ThreadStatic]
    private static float[]? _scores;

    /// <summary>Softmaxes <paramref name="start"/> to <paramref name="end"/> − 1.</summary>
    public void Run(int start, int end)
    {
        if (_scores is null || _scores.Length < keys.Rows + headSize)
            _scores = new float[2 * (keys.Rows + headSize)];
        Span<float> q = _scores.AsSpan(0, headSize);
        for (int index = start; index < end; index++)
        {
            (int head, int query) = Math.DivRem(index, queries.Rows);
            TensorPrimitives.Multiply(queries.Row(query).Slice(head * headSize, headSize), (float)(1 / Math.Sqrt(headSize)), q);
            Span<float> scores = _scores.AsSpan(headSize, keys.Rows - queries.Rows + query + 1);
            int column = head / sharing * headSize;
            Scores(q, column, scores);
            SoftmaxStatistics softmax = TemperedSoftmax.Forward(scores, 1, scores);
            Average(scores, column, output.Row(query).Slice(head * headSize, headSize));
            if (!vitals.IsEmpty)
                vitals.Span[index] = Statistics(softmax, scores[0]);
            if (!largestKeys.IsEmpty)
                largestKeys.Span[index] = softmax.ArgMax;
        }
    }

    private void Scores(ReadOnlySpan<float> q, int column, Span<float> scores)
    {
        if (Vector512.IsHardwareAccelerated)
            Scores<Simd512<float>, Vector512<float>>(q, column, scores);
        else if (Vector256.IsHardwareAccelerated)
            Scores<Simd256<float>, Vector256<float>>(q, column, scores);
        else
            Scores<SimdScalar<float>, float>(q, column, scores);
    }

    private void Scores<TSimd, TVector>(ReadOnlySpan<float> q, int column, Span<float> scores)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
    {
        ReadOnlySpan<float> all = keys.Span;
        ref float x = ref MemoryMarshal.GetReference(q);
        int j = 0;
        for (; j <= scores.Length - 2; j += 2)
        {
            ref float first = ref MemoryMarshal.GetReference(all[((j * keys.Stride) + column)..]);
            ref float second = ref MemoryMarshal.GetReference(all[(((j + 1) * keys.Stride) + column)..]);
            (scores[j], scores[j + 1]) = WeightKernel<TSimd, TVector, float, StoredFloat32>.Two(ref x, q.Length, ref first, ref second);
        }

        if (j < scores.Length)
            scores[j] = WeightKernel<TSimd, TVector, float, StoredFloat32>.One(ref x, q.Length, ref MemoryMarshal.GetReference(all[((j * keys.Stride) + column)..]));
    }

    private void Average(ReadOnlySpan<float> p, int column, Span<float> o)
    {
        ReadOnlySpan<float> all = values.Span;
        o.Clear();
        for (int j = 0; j < p.Length; j++)
            TensorPrimitives.MultiplyAdd(all.Slice((j * values.Stride) + column, o.Length), p[j], o, o);
    }

    private static AttentionStatistics Statistics(in SoftmaxStatistics softmax, float firstKey) => new()
    {
        MaxLogit = softmax.MaxLogit,
        LogSumExp = softmax.LogSumExp,
        Entropy = softmax.Entropy,
        NormalizedEntropy = softmax.NormalizedEntropy,
        SumSquares = softmax.SumSquares,
        FirstKeyMass = firstKey,
        MeanLogit = softmax.MeanLogit,
        Variance = softmax.Variance,
        UnmaskedCount = softmax.UnmaskedCount,
    };
}
