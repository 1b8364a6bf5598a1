using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The look over rows that comes before exp: their extremes, and where the largest entry stands.</summary>
/// <remarks>NaN is passed over or returned, as the machine likes it; rows that hold it are told by their sums.</remarks>
internal static class Survey<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int Group => 4 * TLanes.Count;

    /// <summary>Of one row of at least one entry.</summary>
    public static RowExtremes<T> Of(ReadOnlySpan<T> row)
    {
        RowExtremes<T> extremes = default;
        Rows(row, 0, row.Length, new Span<RowExtremes<T>>(ref extremes));
        return extremes;
    }

    /// <summary>Of at most <see cref="RowDescriptions.Batch"/> rows, <paramref name="zStride"/> apart.</summary>
    /// <remarks>Each lane keeps its largest entry, the number of the group of vectors in which that first stood, and the largest that it left behind in other groups. What follows
    /// from them is worked out after the last row: those chains of single steps would fill the places in which the next row's steps wait.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(ReadOnlySpan<T> z, int zStride, int columns, Span<RowExtremes<T>> extremes)
    {
        if (columns < Group || columns / Group > 1 << 23)   // groups are counted in T
        {
            for (int r = 0; r < extremes.Length; r++)
            {
                ReadOnlySpan<T> row = z.Slice(r * zStride, columns);
                extremes[r].Max = Sweep<TLanes, T>.Max(row, out extremes[r].Min);
                Locate(row, ref extremes[r]);
            }

            return;
        }

        Span<Lanes> room = stackalloc Lanes[RowDescriptions.Batch + 4];   // four are more than a line of the cache, however few the lanes
        ref Lanes first = ref CacheLine.First(room);
        nuint lanes = (nuint)TLanes.Count, last = (nuint)(columns - Group);
        TLanes one = TLanes.All(1.0);
        for (int r = 0; r < extremes.Length; r++)
        {
            ref readonly T row = ref z[r * zStride];
            TLanes top = TLanes.All(T.NegativeInfinity), others = top, min0 = TLanes.All(T.PositiveInfinity), min1 = min0, number = default, numberOfTop = default;
            nuint i = 0;
            for (; i <= last; i += 4 * lanes)
            {
                Take(in row, i, ref top, ref others, ref min0, ref min1, ref numberOfTop, number);
                number += one;
            }

            if (i < last + (4 * lanes))
                Take(in row, last, ref top, ref others, ref min0, ref min1, ref numberOfTop, number);   // begins within the one before

            ref Lanes found = ref Unsafe.Add(ref first, r);
            found.Top = top;
            found.Others = others;
            found.NumberOfTop = numberOfTop;
            found.Min = TLanes.Min(min0, min1);
        }

        for (int r = 0; r < extremes.Length; r++)
        {
            ref readonly Lanes found = ref Unsafe.Add(ref first, r);
            extremes[r].Max = TLanes.Highest(found.Top);
            extremes[r].Min = TLanes.Lowest(found.Min);
        }

        for (int r = 0; r < extremes.Length; r++)
        {
            if (!TryLocate(in z[r * zStride], last, in Unsafe.Add(ref first, r), ref extremes[r]))
                Locate(z.Slice(r * zStride, columns), ref extremes[r]);
        }
    }

    /// <summary>Takes in a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(
        ref readonly T row, nuint at, ref TLanes top, ref TLanes others, ref TLanes min0, ref TLanes min1, ref TLanes numberOfTop, TLanes number)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes z0 = TLanes.Load(in row, at), z1 = TLanes.Load(in row, at + lanes), z2 = TLanes.Load(in row, at + (2 * lanes)), z3 = TLanes.Load(in row, at + (3 * lanes));
        TLanes max = TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3));
        numberOfTop = TLanes.WhereLess(top, max, number, numberOfTop);
        others = TLanes.Max(TLanes.Min(max, top), others);
        top = TLanes.Max(max, top);
        min0 = TLanes.Min(TLanes.Min(z0, z1), min0);
        min1 = TLanes.Min(TLanes.Min(z2, z3), min1);
    }

    /// <summary>Where the maximum stands, and the largest beside it; false if it was met twice, or is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLocate(ref readonly T row, nuint last, ref readonly Lanes found, ref RowExtremes<T> extremes)
    {
        TLanes top = found.Top, others = found.Others, max = TLanes.All(extremes.Max), masked = TLanes.All(T.NegativeInfinity);
        ulong lanes = TLanes.EqualBits(top, max);
        int lane = BitOperations.TrailingZeroCount(lanes) & (TLanes.Count - 1);
        int number = int.CreateTruncating(Unsafe.Add(ref Unsafe.As<TLanes, T>(ref Unsafe.AsRef(in found.NumberOfTop)), lane));
        nuint at = nuint.Min((nuint)(number * Group), last), count = (nuint)TLanes.Count;
        TLanes z0 = TLanes.Load(in row, at), z1 = TLanes.Load(in row, at + count), z2 = TLanes.Load(in row, at + (2 * count)), z3 = TLanes.Load(in row, at + (3 * count));
        ulong places = ExpPass<TLanes, T>.EqualBits(z0, z1, z2, z3, max);
        TLanes beside = TLanes.Max(
            TLanes.Max(TLanes.WhereEqual(z0, max, masked, z0), TLanes.WhereEqual(z1, max, masked, z1)),
            TLanes.Max(TLanes.WhereEqual(z2, max, masked, z2), TLanes.WhereEqual(z3, max, masked, z3)));
        extremes.Second = TLanes.Highest(TLanes.Max(TLanes.Max(beside, others), TLanes.WhereEqual(top, max, masked, top)));
        extremes.ArgMax = (int)at + BitOperations.TrailingZeroCount(places);
        extremes.Ties = 1;
        return BitOperations.IsPow2(lanes) && BitOperations.IsPow2(places) && TLanes.EqualBits(others, max) == 0;
    }

    /// <summary>The same by another pass over the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Locate(ReadOnlySpan<T> row, ref RowExtremes<T> extremes)
    {
        ref readonly T z = ref row[0];
        TLanes max = TLanes.All(extremes.Max), masked = TLanes.All(T.NegativeInfinity), below = masked;
        int ties = 0, argMax = -1, i = 0;
        for (; i + TLanes.Count <= row.Length; i += TLanes.Count)
        {
            TLanes entries = TLanes.Load(in z, (nuint)i);
            ulong equal = TLanes.EqualBits(entries, max);
            if (ties == 0 && equal != 0)
                argMax = i + BitOperations.TrailingZeroCount(equal);
            ties += BitOperations.PopCount(equal);
            below = TLanes.Max(TLanes.WhereEqual(entries, max, masked, entries), below);
        }

        T second = TLanes.Highest(below);
        for (; i < row.Length; i++)
        {
            if (row[i] != extremes.Max)
                second = T.MaxNative(second, row[i]);
            else if (ties++ == 0)
                argMax = i;
        }

        extremes.Second = ties > 1 ? extremes.Max : second;
        extremes.ArgMax = argMax;
        extremes.Ties = ties;
    }

    /// <summary>What each lane has of a row.</summary>
    private struct Lanes
    {
        public TLanes Top;
        public TLanes Others;
        public TLanes NumberOfTop;
        public TLanes Min;
    }
}
