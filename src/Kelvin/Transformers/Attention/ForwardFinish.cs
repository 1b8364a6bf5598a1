using System.Numerics;
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
    /// <summary>Queries at a time.</summary>
    private const int Batch = RowDescriptions.Batch;

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
        for (int i = 0; i < queries.Count; i += Batch)
        {
            int count = Math.Min(Batch, queries.Count - i);
            Eight<double> logs = default, logSums = default;
            if (DoubleLanes.AreEight)
                LogSumExp<Lanes512<double>>(room.Rows, i, ref logs, ref logSums);
            else if (DoubleLanes.AreFour)
                LogSumExp<Lanes256<double>>(room.Rows, i, ref logs, ref logSums);
            else
                LogSumExp<Lanes128<double>>(room.Rows, i, ref logs, ref logSums);
            if (!lse.IsEmpty)
                logs[..count].CopyTo(lse[i..]);
            if (!statistics.IsEmpty)
                Describe(plan, queries, room, i, in logs, in logSums, statistics.Slice(i, count));
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
                ScaledRow.Put(sums.Slice(i * stride, columns), T.CreateTruncating(1 / rows.Sum[i]), row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LogSumExp<TLanes>(OnlineRows<T> rows, int start, ref Eight<double> logs, ref Eight<double> logSums)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes one = TLanes.All(1.0);
        for (int i = 0; i < Batch; i += TLanes.Count)
        {
            TLanes sum = At<TLanes>(rows.Sum, start + i);
            TLanes tail = TLanes.Max(default, sum - one), whole = tail + one;
            TLanes logSum = NearZero.LogOnePlus(tail, whole, one / whole);
            TLanes max = Load<TLanes>(rows.Max, start + i);
            logSum.Store(ref logSums[0], (nuint)i);
            TLanes.WhereEqual(sum, default, TLanes.All(double.NegativeInfinity), max + logSum).Store(ref logs[0], (nuint)i);
        }
    }

    /// <remarks>The statistics of a query are a maximum with its key, eight numbers and a count: the eight are turned as a matrix, not moved one by one.</remarks>
    [SkipLocalsInit]
    private static void Describe(
        in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room, int i, in Eight<double> logs, in Eight<double> logSums, Span<AttentionStatistics> statistics)
    {
        Unsafe.SkipInit(out Columns columns);
        Count(plan, queries, room, i, ref columns.Counts);
        if (DoubleLanes.AreEight)
            Fill<Lanes512<double>>(plan, queries.Head, room.Rows, i, in logs, in logSums, ref columns);
        else if (DoubleLanes.AreFour)
            Fill<Lanes256<double>>(plan, queries.Head, room.Rows, i, in logs, in logSums, ref columns);
        else
            Fill<Lanes128<double>>(plan, queries.Head, room.Rows, i, in logs, in logSums, ref columns);

        Span<AttentionStatistics> eight = statistics.Length == Batch ? statistics : stackalloc AttentionStatistics[Batch];
        nuint stride = (nuint)(Unsafe.SizeOf<AttentionStatistics>() / sizeof(double));
        ref double fields = ref Unsafe.As<AttentionStatistics, double>(ref MemoryMarshal.GetReference(eight));
        EightByEight.Transpose(in columns.Numbers[0][0], Batch, ref Unsafe.Add(ref fields, 2), stride);
        for (int r = 0; r < Batch; r++)
        {
            fields = columns.MaxLogits[r];
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 1)) = double.ConvertToIntegerNative<int>(columns.LargestKeys[r]);
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, 2 + Batch)) = (int)columns.Counts[r];
            fields = ref Unsafe.Add(ref fields, stride);
        }

        if (statistics.Length < Batch)
            eight[..statistics.Length].CopyTo(statistics);
        ReadOnlySpan<double> sums = room.Rows.Sum.Slice(i, statistics.Length);
        if (!sums.Contains(0))
            return;
        for (int r = 0; r < sums.Length; r++)
        {
            if (sums[r] == 0)
                statistics[r] = AttentionStatistics.FullyMasked;
        }
    }

    /// <summary>Everything but the counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Fill<TLanes>(
        in AttentionPlan<T> plan, int head, OnlineRows<T> rows, int start, in Eight<double> logs, in Eight<double> logSums, ref Columns columns)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        double temperature = plan.Temperature(head);
        TLanes t = TLanes.All(temperature), one = TLanes.All(1.0), ln2 = TLanes.All(Ln2), sink = TLanes.All((plan.Sink(head) ?? double.NaN) / temperature);
        bool hasSink = plan.Sink(head) is not null;
        ref double numbers = ref columns.Numbers[0][0];
        for (int r = 0; r < Batch; r += TLanes.Count)
        {
            nuint i = (nuint)r;
            int at = start + r;
            TLanes logSumExp = TLanes.Load(in logs[0], i);
            TLanes p = one / At<TLanes>(rows.Sum, at);
            TLanes offset = At<TLanes>(rows.Weighted, at) * p;
            TLanes mean = ln2 * (At<TLanes>(rows.Centres, at) + offset);
            TLanes entropy = TLanes.Load(in logSums[0], i) - mean;
            TLanes others = TLanes.Max(default, DoubleLanes.OfCounts<TLanes>(in columns.Counts[0], i) - one), n = others + one;
            TLanes logCount = NearZero.LogOnePlus(others, n, one / n);
            TLanes nothing = default(TLanes) * entropy;   // 0, or NaN

            logSumExp.Store(ref numbers, i);
            entropy.Store(ref numbers, Batch + i);
            TLanes.WhereEqual(logCount, default, nothing, entropy / logCount).Store(ref numbers, (2 * Batch) + i);
            (At<TLanes>(rows.Squares, at) * p * p).Store(ref numbers, (3 * Batch) + i);
            Exp(Load<TLanes>(rows.FirstScore, at) - logSumExp).Store(ref numbers, (4 * Batch) + i);   // the mass on the first key
            (hasSink ? Exp(sink - logSumExp) : nothing).Store(ref numbers, (5 * Batch) + i);
            ((Load<TLanes>(rows.Max, at) + mean) * t).Store(ref numbers, (6 * Batch) + i);   // the mean logit
            (ln2 * ln2 * t * t * TLanes.Max(default, (At<TLanes>(rows.Deviations, at) * p) - (offset * offset))).Store(ref numbers, (7 * Batch) + i);   // its variance
            TLanes.WhereEqual(logSumExp, logSumExp, Load<TLanes>(rows.KeyMax, at) * t, logSumExp).Store(ref columns.MaxLogits[0], i);
            TLanes.WhereEqual(logSumExp, logSumExp, At<TLanes>(rows.LargestKey, at), TLanes.All(-1.0)).Store(ref columns.LargestKeys[0], i);
        }
    }

    /// <summary>How many entries the softmax of each of eight queries has.</summary>
    private static void Count(in AttentionPlan<T> plan, QueryTile queries, AttentionRoom<T> room, int i, ref Eight<long> counts)
    {
        Vector256<int> seen = Vector256.LoadUnsafe(in room.Sight.High[i]) - Vector256.LoadUnsafe(in room.Sight.Low[i]) + Vector256.Create(plan.HasSinks ? 1 : 0);
        Vector256.WidenLower(seen).StoreUnsafe(ref counts[0]);
        Vector256.WidenUpper(seen).StoreUnsafe(ref counts[0], 4);
        for (int r = 0; r < Batch && i + r < queries.Count && plan.HasBias; r++)
        {
            ReadOnlySpan<T> row = plan.Inputs.Bias.Row(plan.BiasRow(queries.Head, queries.First + i + r));
            counts[r] -= row[room.Sight.Low[i + r]..room.Sight.High[i + r]].Count(T.NegativeInfinity);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Exp<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes, double> => ShiftedExp<TLanes, double>.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes At<TLanes>(ReadOnlySpan<double> values, int i)
        where TLanes : unmanaged, ILanes<TLanes, double> => TLanes.Load(in MemoryMarshal.GetReference(values), (nuint)i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Load<TLanes>(T[] values, int i)
        where TLanes : unmanaged, ILanes<TLanes, double> => DoubleLanes.Load<TLanes, T>(in MemoryMarshal.GetArrayDataReference(values), (nuint)i);

    /// <summary>What is written of eight queries, number by number.</summary>
    private struct Columns
    {
        /// <summary>LSE, entropy, its share of log n, Σp², mass on the first key, mass on the sink, mean logit, variance.</summary>
        public Eight<Eight<double>> Numbers;

        public Eight<double> MaxLogits;

        public Eight<double> LargestKeys;

        public Eight<long> Counts;
    }
}
