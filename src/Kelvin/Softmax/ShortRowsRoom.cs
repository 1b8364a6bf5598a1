using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>What the rows of a batch leave behind one after another; their moments follow for all together, since the divisions of one would keep the next waiting.</summary>
internal struct ShortRowsRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ e, Σ e x, Σ e x² and Σ e² of each row, without the entries equal to its maximum.</summary>
    public Eight<Vector256<double>> Sums;

    /// <summary>Entries that are not −∞ in the lower half, and in the upper one those equal to the maximum.</summary>
    public Eight<long> UnmaskedAndTies;

    /// <summary>Entries equal to the maximum.</summary>
    public Eight<long> Ties;

    /// <summary>Index of the first of them.</summary>
    public Eight<long> ArgMax;

    /// <summary>1/Σ e with the entries equal to the maximum, once finished.</summary>
    public Eight<double> Factors;

    /// <summary>Largest entry.</summary>
    public Eight<T> Maxima;

    /// <summary>Largest entry below the maximum.</summary>
    public Eight<T> Seconds;

    /// <summary>The moments; false where a row needs more care: it has no finite maximum, holds NaN, or lies too far from its maximum.</summary>
    [SkipLocalsInit]
    public bool TryFinish(double worst, double beta, out RowColumns columns)
    {
        Unsafe.SkipInit(out columns);
        return DoubleLanes.AreEight ? Finish<Lanes512<double>>(worst, beta, ref columns)
            : DoubleLanes.AreFour ? Finish<Lanes256<double>>(worst, beta, ref columns) : Finish<Lanes128<double>>(worst, beta, ref columns);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private bool Finish<TLanes>(double worst, double beta, ref RowColumns columns)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        const nuint Batch = RowDescriptions.Batch;
        Span<double> turned = stackalloc double[4 * RowDescriptions.Batch];
        ref double sums = ref turned[0];
        EightByEight.Columns(in Unsafe.As<Eight<Vector256<double>>, double>(ref Unsafe.AsRef(in Sums)), ref sums, Batch);
        TLanes one = TLanes.All(1.0), infinity = TLanes.All(double.PositiveInfinity);
        TLanes good = one, unit = TLanes.All(beta), unitSquared = TLanes.All(beta * beta);   // from x to y
        for (nuint i = 0; i < Batch; i += (nuint)TLanes.Count)
        {
            TLanes others = DoubleLanes.OfCounts<TLanes>(in Ties[0], i) - one;   // ties with the first largest: e = 1 at x = 0
            TLanes max = DoubleLanes.Load<TLanes, T>(in Maxima[0], i);
            TLanes tail = TLanes.Load(in sums, i) + others, weighted = TLanes.Load(in sums, Batch + i) * unit, deviations = TLanes.Load(in sums, (2 * Batch) + i) * unitSquared;
            TLanes factor = one / (one + tail);
            TLanes around = TLanes.Max(default, deviations - (weighted * (weighted * factor)));
            factor.Store(ref Factors[0], i);
            max.Store(ref columns.Max[0], i);
            TLanes.WhereLess(default, others, max, DoubleLanes.Load<TLanes, T>(in Seconds[0], i)).Store(ref columns.Second[0], i);
            tail.Store(ref columns.Tail[0], i);
            weighted.Store(ref columns.Weighted[0], i);
            around.Store(ref columns.Deviations[0], i);
            (TLanes.Load(in sums, (3 * Batch) + i) + others).Store(ref columns.Squares[0], i);
            TLanes far = TLanes.WhereLess(TLanes.All(worst) * around, deviations, TLanes.WhereLess(TLanes.All(RowMoments.Hot), tail, one, default), default);
            TLanes finite = TLanes.WhereLess(default(TLanes) - infinity, max, TLanes.WhereLess(max, infinity, TLanes.WhereLess(tail, infinity, one, default), default), default);
            good = TLanes.Min(finite - far, good);
        }

        columns.UnmaskedAndTies = UnmaskedAndTies;
        columns.ArgMax = ArgMax;
        return !TLanes.AnyLess(good, one);
    }
}
