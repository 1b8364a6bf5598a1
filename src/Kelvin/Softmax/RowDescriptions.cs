using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The formulas of <see cref="SoftmaxStatistics"/> for up to eight rows side by side: the divisions, logarithms and exponentials of one alone
/// would take as long as those of all.</summary>
internal static class RowDescriptions
{
    /// <summary>Rows at a time.</summary>
    public const int Batch = 8;

    private const double Ln2 = 0.6931471805599453;

    /// <summary>Doubles from one row of statistics to the next.</summary>
    private static nuint Stride => (nuint)(Unsafe.SizeOf<SoftmaxStatistics>() / sizeof(double));

    /// <summary>From <see cref="Batch"/> moments, of which the last may be blank, to as many statistics as there are rows.</summary>
    [SkipLocalsInit]
    public static void Write(ReadOnlySpan<RowMoments> rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        RowColumns.Of(rows, out RowColumns columns);
        Write(in columns, temperature, statistics);
        for (int r = 0; r < statistics.Length; r++)
        {
            if (rows[r].IsPeculiar)
                statistics[r] = rows[r].PeculiarStatistics;
        }
    }

    /// <summary>The same of moments that lie in columns; none of them is peculiar.</summary>
    /// <remarks>A row of statistics is sixteen numbers and a count: they are turned as matrices, not moved number by number.</remarks>
    [SkipLocalsInit]
    public static void Write(in RowColumns rows, double temperature, Span<SoftmaxStatistics> statistics)
    {
        Span<double> columns = stackalloc double[16 * Batch];
        if (DoubleLanes.AreEight)
            Describe<Lanes512<double>>(in rows, temperature, ref columns[0]);
        else if (DoubleLanes.AreFour)
            Describe<Lanes256<double>>(in rows, temperature, ref columns[0]);
        else
            Describe<Lanes128<double>>(in rows, temperature, ref columns[0]);

        Span<SoftmaxStatistics> eight = statistics.Length == Batch ? statistics : stackalloc SoftmaxStatistics[Batch];
        ref double fields = ref Unsafe.As<SoftmaxStatistics, double>(ref eight[0]);
        EightByEight.Transpose(in columns[0], Batch, ref fields, Stride);
        EightByEight.Transpose(in columns[8 * Batch], Batch, ref Unsafe.Add(ref fields, 8), Stride);
        for (int r = 0; r < Batch; r++)
            Unsafe.As<double, int>(ref Unsafe.Add(ref fields, ((nuint)r * Stride) + 16)) = (int)rows.ArgMax[r];
        if (statistics.Length < Batch)
            eight[..statistics.Length].CopyTo(statistics);
    }

    /// <summary>Fills the columns of the sixteen numbers, in the order of the fields of <see cref="SoftmaxStatistics"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Describe<TLanes>(in RowColumns rows, double temperature, ref double columns)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes one = TLanes.All(1.0), ln2 = TLanes.All(Ln2), t = TLanes.All(temperature);
        for (nuint i = 0; i < Batch; i += (nuint)TLanes.Count)
        {
            TLanes max = TLanes.Load(in rows.Max[0], i), tail = TLanes.Load(in rows.Tail[0], i), moment = TLanes.Load(in rows.Squares[0], i) + one;
            TLanes unmasked = DoubleLanes.OfCounts<TLanes>(in rows.UnmaskedAndTies[0], i);
            (TLanes inverseLog, TLanes inverseOthers) = OfCounts(unmasked, in rows, i);
            TLanes s = one + tail;
            TLanes maxProbability = one / s;
            TLanes meanDistance = ln2 * TLanes.Load(in rows.Weighted[0], i) * maxProbability;
            TLanes spread = ln2 * ln2 * TLanes.Load(in rows.Deviations[0], i) * maxProbability;
            TLanes logS = NearZero.LogOnePlus(tail, s, maxProbability);
            TLanes entropy = logS - meanDistance;
            TLanes margin = max - TLanes.Load(in rows.Second[0], i);
            TLanes sumSquares = moment * maxProbability * maxProbability;
            TLanes lost = NearZero.ExpMinusOne((default(TLanes) - margin) / t);
            TLanes raised = NearZero.ExpMinusOne(default(TLanes) - meanDistance);
            TLanes saturation = ((unmasked * sumSquares) - one) * inverseOthers;

            max.Store(ref columns, i);
            ((max / t) + logS).Store(ref columns, Batch + i);   // log Σ exp
            entropy.Store(ref columns, (2 * Batch) + i);
            TLanes.WhereEqual(unmasked, one, default, entropy * inverseLog).Store(ref columns, (3 * Batch) + i);
            maxProbability.Store(ref columns, (4 * Batch) + i);
            (tail * maxProbability).Store(ref columns, (5 * Batch) + i);   // the tail's mass
            margin.Store(ref columns, (6 * Batch) + i);
            ((default(TLanes) - lost) * maxProbability).Store(ref columns, (7 * Batch) + i);   // the margin in probability
            (s + (s * raised)).Store(ref columns, (8 * Batch) + i);   // exp(H) = s·exp(−Σ p d)
            sumSquares.Store(ref columns, (9 * Batch) + i);
            (s * s / moment).Store(ref columns, (10 * Batch) + i);   // participation
            (max + (meanDistance * t)).Store(ref columns, (11 * Batch) + i);   // the mean logit
            (spread * t * t).Store(ref columns, (12 * Batch) + i);   // its variance
            TLanes.WhereEqual(unmasked, one, one, saturation).Store(ref columns, (13 * Batch) + i);
            (spread / t).Store(ref columns, (14 * Batch) + i);   // the entropy's slope
            TLanes.Load(in Unsafe.As<long, double>(ref Unsafe.AsRef(in rows.UnmaskedAndTies[0])), i).Store(ref columns, (15 * Batch) + i);   // as they lie in RowMoments
        }
    }

    /// <summary>1/log k and 1/(k − 1) of each row; mostly k is the same in all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes InverseLog, TLanes InverseOthers) OfCounts<TLanes>(TLanes unmasked, in RowColumns rows, nuint i)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        int first = (int)rows.UnmaskedAndTies[(int)i];
        TLanes one = TLanes.All(1.0);
        TLanes logs = TLanes.EqualBits(unmasked, TLanes.All((double)first)) == (1ul << TLanes.Count) - 1
            ? TLanes.All(LogOfCount.Of(first)) : Logs<TLanes>(in rows, (int)i);
        return (one / logs, one / (unmasked - one));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLanes Logs<TLanes>(in RowColumns rows, int i)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        Eight<double> logs = default;
        for (int r = 0; r < TLanes.Count; r++)
            logs[r] = LogOfCount.Of((int)rows.UnmaskedAndTies[i + r]);
        return TLanes.Load(in logs[0], 0);
    }
}
