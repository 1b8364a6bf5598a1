using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Takes a row through <see cref="ExpPass{TLanes, T}"/> in blocks and adds up what they leave, in double.</summary>
internal static class Blocks<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries between two transfers of the lanes' sums to double: 256 for each lane, in groups of four.</summary>
    public static int Length => Math.Max(1024, 256 * TLanes.Count);

    /// <summary>How far a block may be measured from its mean: it costs log₂ of this in bits, which few lanes, with their long sums, cannot spare.</summary>
    public static double WorstCondition
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.Count > 2 ? 16 : 2;
    }

    /// <summary>Writes e and returns Σ e.</summary>
    public static double Plain(ReadOnlySpan<T> z, Span<T> e, in RowScale<T> scale)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i += Length)
        {
            int length = Math.Min(Length, z.Length - i);
            ExpPass<TLanes, T>.Run<RowModes.Plain>(z.Slice(i, length), e.Slice(i, length), -1, in scale, T.Zero, out RowSums<T> sums);
            sum += sums.Sum;
        }

        return sum;
    }

    /// <summary>Collects the moments of a row that knows its extremes; writes e if the mode says so, with 0 at the first largest entry.</summary>
    public static void Moments<TMode>(ReadOnlySpan<T> z, Span<T> e, in RowScale<T> scale, ref RowMoments row)
        where TMode : struct, IRowMode
    {
        if (TMode.Stores && TMode.HasMoments && z.Overlaps(e))
        {
            InPlace<TMode>(e, in scale, ref row);
            return;
        }

        for (int i = 0; i < z.Length; i += Length)
        {
            int length = Math.Min(Length, z.Length - i);
            Add<TMode>(z.Slice(i, length), TMode.Stores ? e.Slice(i, length) : e, i, in scale, ref row);
        }
    }

    /// <summary>The logits of a block are copied first: measuring it a second time needs them.</summary>
    private static void InPlace<TMode>(Span<T> row, in RowScale<T> scale, ref RowMoments moments)
        where TMode : struct, IRowMode
    {
        Span<T> copy = stackalloc T[Math.Min(Length, row.Length)];
        for (int i = 0; i < row.Length; i += Length)
        {
            int length = Math.Min(Length, row.Length - i);
            row.Slice(i, length).CopyTo(copy);
            Add<TMode>(copy[..length], row.Slice(i, length), i, in scale, ref moments);
        }
    }

    private static void Add<TMode>(ReadOnlySpan<T> z, Span<T> e, int start, in RowScale<T> scale, ref RowMoments row)
        where TMode : struct, IRowMode
    {
        T centre = TMode.HasMoments ? T.CreateTruncating(row.Centre / scale.Beta) : T.Zero;
        ExpPass<TLanes, T>.Run<TMode>(z, e, row.ArgMax - start, in scale, centre, out RowSums<T> sums);
        if (!TMode.HasMoments)
        {
            row.Tail += sums.Sum;
            return;
        }

        bool isGood = start == 0
            ? row.TryBegin(sums.Sum, sums.Weighted, sums.Deviations, sums.Squares, WorstCondition)
            : row.TryMerge(in sums, double.CreateTruncating(centre) * scale.Beta, WorstCondition);
        if (!isGood)
            AddFromMean(z, start, in scale, (double.CreateTruncating(centre) * scale.Beta) + (sums.Weighted / sums.Sum), ref row);
    }

    /// <summary>Measures a block again, from its own mean.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddFromMean(ReadOnlySpan<T> z, int start, in RowScale<T> scale, double mean, ref RowMoments row)
    {
        T centre = T.CreateTruncating(mean / scale.Beta);
        ExpPass<TLanes, T>.Run<RowModes.Vitals>(z, default, row.ArgMax - start, in scale, centre, out RowSums<T> sums);
        row.TryMerge(in sums, double.CreateTruncating(centre) * scale.Beta);
    }
}
