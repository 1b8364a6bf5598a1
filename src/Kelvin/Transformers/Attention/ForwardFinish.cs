using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Transformers.Attention;

/// <summary>The last step of a tile of queries: O divided by Σe, and the formulas of <see cref="AttentionStatistics"/> for eight queries side by side.</summary>
internal static class ForwardFinish<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Ln2 = 0.6931471805599453;

    public static void Write(
        in AttentionPlan<T> plan,
        QueryTile queries,
        AttentionRoom<T> room,
        ReadOnlySpan<T> sums,
        int stride,
        MatrixView<T> output,
        Memory<double> logSumExp,
        Memory<AttentionStatistics> vitals)
    {
        int from = (queries.Head * plan.Queries) + queries.First;
        Span<double> lse = logSumExp.IsEmpty ? default : logSumExp.Span.Slice(from, queries.Count);
        Span<AttentionStatistics> statistics = vitals.IsEmpty ? default : vitals.Span.Slice(from, queries.Count);
        Divide(queries, plan.ValueDepth, room.Rows, sums, stride, output);
        for (int i = 0; i < queries.Count; i += WideLanes.Count)
        {
            int count = Math.Min(WideLanes.Count, queries.Count - i);
            Vector512<double> logs = LogSumExp(room.Rows, i, out Vector512<double> logSum);
            for (int r = 0; r < count && !lse.IsEmpty; r++)
                lse[i + r] = logs[r];
            if (!statistics.IsEmpty)
                Describe(plan, queries, room, i, logs, logSum, statistics.Slice(i, count));
        }
    }

    private static void Divide(QueryTile queries, int columns, OnlineRows<T> rows, ReadOnlySpan<T> sums, int stride, MatrixView<T> output)
    {
        for (int i = 0; i < queries.Count; i++)
        {
            Span<T> row = output.Row(queries.First + i).Slice(queries.Head * columns, columns);
            if (rows.Sum[i] == 0)
                row.Clear();
            else
                TensorPrimitives.Multiply(sums.Slice(i * stride, columns), T.CreateTruncating(1 / rows.Sum[i]), row);
        }
    }

    private static Vector512<double> LogSumExp(OnlineRows<T> rows, int i, out Vector512<double> logSum)
    {
        Vector512<double> sum = At(rows.Sum, i);
        logSum = NearZero.LogOnePlus(Vector512.Max(sum - Vector512<double>.One, Vector512<double>.Zero));
        Vector512<double> max = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.Max), (nuint)i);
        return Vector512.ConditionalSelect(
            Vector512.Equals(sum, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), max + logSum);
    }

    /// <remarks>The statistics of a query are a maximum with its key, a vector and a count: the vectors are turned as a matrix, not moved number by number.</remarks>
    [SkipLocalsInit]
    private static void Describe(
        in AttentionPlan<T> plan,
        QueryTile queries,
        AttentionRoom<T> room,
        int i,
        Vector512<double> logSumExp,
        Vector512<double> logSum,
        Span<AttentionStatistics> statistics)
    {
        OnlineRows<T> rows = room.Rows;
        double temperature = plan.Temperature(queries.Head);
        Vector512<long> count = Count(plan, queries, room, i);
        Vector512<double> n = Vector512.ConvertToDouble(count);
        Vector512<double> p = Vector512<double>.One / At(rows.Sum, i);
        Vector512<double> max = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.Max), (nuint)i);
        Vector512<double> offset = At(rows.Weighted, i) * p;
        Vector512<double> mean = Ln2 * (At(rows.Centres, i) + offset);
        Vector512<double> first = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.FirstScore), (nuint)i);
        Vector512<double> keyMax = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.KeyMax), (nuint)i) * temperature;
        Vector512<double> isNumber = Vector512.Equals(logSumExp, logSumExp);
        Vector512<double> entropy = logSum - mean;

        Vector512<double> maxLogit = Vector512.ConditionalSelect(isNumber, keyMax, logSumExp);
        Vector512<double> largestKey = Vector512.ConditionalSelect(isNumber, At(rows.LargestKey, i), Vector512.Create(-1.0));
        Vector512<double> logCount = NearZero.LogOnePlus(Vector512.Max(n - Vector512<double>.One, Vector512<double>.Zero));
        Vector512<double> normalized = Vector512.ConditionalSelect(Vector512.Equals(logCount, Vector512<double>.Zero), 0 * entropy, entropy / logCount);
        Vector512<double> sumSquares = At(rows.Squares, i) * p * p;
        Vector512<double> firstMass = Exp(first - logSumExp);
        Vector512<double> sinkMass = plan.Sink(queries.Head) is { } sink ? Exp(Vector512.Create(sink / temperature) - logSumExp) : 0 * entropy;
        Vector512<double> meanLogit = (max + mean) * temperature;
        Vector512<double> variance = Ln2 * Ln2 * temperature * temperature * Vector512.Max((At(rows.Deviations, i) * p) - (offset * offset), Vector512<double>.Zero);
        var ends = (maxLogit, Vector512.ConvertToInt64Native(largestKey), count);
        EightByEight.Transpose(ref logSumExp, ref entropy, ref normalized, ref sumSquares, ref firstMass, ref sinkMass, ref meanLogit, ref variance);
        Span<AttentionStatistics> eight = statistics.Length == WideLanes.Count ? statistics : stackalloc AttentionStatistics[WideLanes.Count];
        ref AttentionStatistics start = ref MemoryMarshal.GetReference(eight);
        Put(ref start, 0, logSumExp, ends);
        Put(ref start, 1, entropy, ends);
        Put(ref start, 2, normalized, ends);
        Put(ref start, 3, sumSquares, ends);
        Put(ref start, 4, firstMass, ends);
        Put(ref start, 5, sinkMass, ends);
        Put(ref start, 6, meanLogit, ends);
        Put(ref start, 7, variance, ends);
        if (statistics.Length < WideLanes.Count)
            eight[..statistics.Length].CopyTo(statistics);
        if (!Vector512.EqualsAny(At(rows.Sum, i), Vector512<double>.Zero))
            return;
        for (int r = 0; r < statistics.Length; r++)
            statistics[r] = rows.Sum[i + r] == 0 ? AttentionStatistics.FullyMasked : statistics[r];
    }

    /// <summary>Writes a query's statistics in the order of their fields: largest logit and key, eight more, the count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(
        ref AttentionStatistics start,
        int r,
        Vector512<double> eight,
        in (Vector512<double> MaxLogit, Vector512<long> Key, Vector512<long> Count) ends)
    {
        ref double fields = ref Unsafe.As<AttentionStatistics, double>(ref Unsafe.Add(ref start, r));
        fields = ends.MaxLogit[r];
        Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 1)) = (int)ends.Key[r];
        eight.StoreUnsafe(ref fields, 2);
        Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 2 + WideLanes.Count)) = (int)ends.Count[r];
    }

    /// <summary>How many entries the softmax of each of eight queries has.</summary>
    private static Vector512<long> Count(in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room, int i)
    {
        Vector256<int> seen = Vector256.LoadUnsafe(ref room.High[i]) - Vector256.LoadUnsafe(ref room.Low[i]);
        Vector512<long> count = Vector512.Create(Vector256.WidenLower(seen), Vector256.WidenUpper(seen)) + Vector512.Create(plan.HasSinks ? 1L : 0);
        for (int r = 0; r < WideLanes.Count && i + r < queries.Count && plan.HasBias; r++)
        {
            ReadOnlySpan<T> row = plan.Inputs.Bias.Row(plan.BiasRow(queries.Head, queries.First + i + r));
            count = count.WithElement(r, count[r] - row[room.Low[i + r]..room.High[i + r]].Count(T.NegativeInfinity));
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x) => ShiftedExp<Lanes512<double>, double>.Exp(new(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ReadOnlySpan<double> values, int i) => Vector512.LoadUnsafe(in MemoryMarshal.GetReference(values), (nuint)i);
}
