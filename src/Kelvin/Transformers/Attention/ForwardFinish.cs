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
        Vector512<double> p = Vector512<double>.One / At(rows.Sum, i);
        Vector512<double> max = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.Max), (nuint)i);
        Vector512<double> mean = Ln2 * At(rows.Mean, i);
        Vector512<double> first = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.FirstScore), (nuint)i);
        Vector512<double> sink = Vector512.Create((plan.Sink(queries.Head) ?? double.NegativeInfinity) / temperature);
        Vector512<double> keyMax = WideLanes.Load(in MemoryMarshal.GetArrayDataReference(rows.KeyMax), (nuint)i) * temperature;
        Vector512<double> entropy = logSum - mean;
        Vector512<double> sumSquares = At(rows.Squares, i) * p * p;
        Vector512<double> firstMass = Exp(first - logSumExp);
        Vector512<double> sinkMass = Exp(sink - logSumExp);
        Vector512<double> meanLogit = (max + mean) * temperature;
        Vector512<double> variance = Ln2 * Ln2 * temperature * temperature * At(rows.Deviations, i) * p;
        for (int r = 0; r < statistics.Length; r++)
        {
            int count = Count(plan, queries, room, i + r);
            double logOfCount = LogOfCount.Of(count);
            statistics[r] = rows.Sum[i + r] == 0 ? AttentionStatistics.FullyMasked : new AttentionStatistics
            {
                MaxLogit = double.IsNaN(logSumExp[r]) ? double.NaN : keyMax[r],
                LargestKey = double.IsNaN(logSumExp[r]) ? -1 : rows.LargestKey(i + r),
                LogSumExp = logSumExp[r],
                Entropy = entropy[r],
                NormalizedEntropy = count == 1 ? 0 * entropy[r] : entropy[r] / logOfCount,
                SumSquares = sumSquares[r],
                FirstKeyMass = firstMass[r],
                SinkMass = sinkMass[r],
                MeanLogit = meanLogit[r],
                Variance = variance[r],
                UnmaskedCount = count,
            };
        }
    }

    private static int Count(in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room, int i)
    {
        int seen = room.High[i] - room.Low[i];
        if (plan.HasBias)
        {
            int row = plan.BiasRow(queries.Head, queries.First + i);
            seen -= plan.Inputs.Bias.Row(row)[room.Low[i]..room.High[i]].Count(T.NegativeInfinity);
        }

        return seen + (plan.HasSinks ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Exp(Vector512<double> x) => ShiftedExp<Lanes512<double>, double>.Exp(new(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ReadOnlySpan<double> values, int i) => Vector512.LoadUnsafe(in MemoryMarshal.GetReference(values), (nuint)i);
}
