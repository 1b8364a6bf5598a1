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
        Span<double> counts = stackalloc double[2 * WideLanes.Count];
        Count(plan, queries, room, i, counts);
        Vector512<double> count = At(counts, 0);
        Vector512<double> p = Vector512<double>.One / At(rows.Sum, i);
        Vector512<double> max = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.Max), (nuint)i);
        Vector512<double> mean = Ln2 * At(rows.Mean, i);
        Vector512<double> first = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.FirstScore), (nuint)i);
        Vector512<double> sink = Vector512.Create((plan.Sink(queries.Head) ?? double.NegativeInfinity) / temperature);
        Vector512<double> keyMax = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.KeyMax), (nuint)i) * temperature;
        Vector512<double> isNumber = Vector512.Equals(logSumExp, logSumExp);
        Vector512<double> entropy = logSum - mean;

        // In the order of the fields of AttentionStatistics: largest logit and key, eight more, the count.
        Vector512<double> maxLogit = Vector512.ConditionalSelect(isNumber, keyMax, logSumExp);
        Vector512<double> largestKey = Vector512.ConditionalSelect(isNumber, At(rows.LargestKey, i), Vector512.Create(-1.0));
        Vector512<double> all = logSumExp;
        Vector512<double> ofAll = entropy;
        Vector512<double> normalized = Vector512.ConditionalSelect(Vector512.Equals(count, Vector512<double>.One), 0 * entropy, entropy / At(counts, WideLanes.Count));
        Vector512<double> sumSquares = At(rows.Squares, i) * p * p;
        Vector512<double> firstMass = Exp(first - logSumExp);
        Vector512<double> sinkMass = Exp(sink - logSumExp);
        Vector512<double> meanLogit = (max + mean) * temperature;
        Vector512<double> variance = Ln2 * Ln2 * temperature * temperature * At(rows.Deviations, i) * p;
        EightByEight.Transpose(ref all, ref ofAll, ref normalized, ref sumSquares, ref firstMass, ref sinkMass, ref meanLogit, ref variance);
        ReadOnlySpan<Vector512<double>> middle = [all, ofAll, normalized, sumSquares, firstMass, sinkMass, meanLogit, variance];
        ReadOnlySpan<Vector512<double>> ends = [maxLogit, largestKey];
        ReadOnlySpan<double> largest = MemoryMarshal.Cast<Vector512<double>, double>(ends);
        for (int r = 0; r < statistics.Length; r++)
        {
            if (rows.Sum[i + r] == 0)
            {
                statistics[r] = AttentionStatistics.FullyMasked;
                continue;
            }

            ref double fields = ref Unsafe.As<AttentionStatistics, double>(ref statistics[r]);
            fields = largest[r];
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 1)) = (int)largest[WideLanes.Count + r];
            middle[r].StoreUnsafe(ref fields, 2);
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 2 + WideLanes.Count)) = (int)counts[r];
        }
    }

    /// <summary>How many entries the softmax of each of eight queries has, and the logarithms of these numbers.</summary>
    private static void Count(in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room, int i, Span<double> counts)
    {
        ReadOnlySpan<int> low = room.Low.AsSpan(i, WideLanes.Count), high = room.High.AsSpan(i, WideLanes.Count);
        int sink = plan.HasSinks ? 1 : 0;
        for (int r = 0; r < low.Length; r++)
        {
            int seen = high[r] - low[r] + sink;
            if (plan.HasBias && i + r < queries.Count)
                seen -= plan.Inputs.Bias.Row(plan.BiasRow(queries.Head, queries.First + i + r))[low[r]..high[r]].Count(T.NegativeInfinity);
            counts[r] = seen;
            counts[WideLanes.Count + r] = LogOfCount.Of(seen);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x) => ShiftedExp<Lanes512<double>, double>.Exp(new(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ReadOnlySpan<double> values, int i) => Vector512.LoadUnsafe(in MemoryMarshal.GetReference(values), (nuint)i);
}
