using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>Takes a row through <see cref="ExpPass{TLanes, T}"/> in blocks and adds up what they leave, in double.</summary>
internal static class Blocks<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries between two transfers of the lanes' sums to double.</summary>
    private static int Length => typeof(T) == typeof(float) ? 2048 : 1024;

    /// <summary>Writes e and returns Σ e.</summary>
    public static double Plain(ReadOnlySpan<T> z, Span<T> e, in RowScale<T> scale)
    {
        RowMoments unused = default;
        double sum = 0;
        for (int i = 0; i < z.Length; i += Length)
        {
            int length = Math.Min(Length, z.Length - i);
            sum += ExpPass<TLanes, T>.Run<RowModes.Plain>(z.Slice(i, length), e.Slice(i, length), i, in scale, T.Zero, ref unused).Sum;
        }

        return sum;
    }

    /// <summary>Collects the moments of a row; writes e if the mode says so, with 0 at the first largest entry.</summary>
    public static RowMoments Moments<TMode>(ReadOnlySpan<T> z, Span<T> e, in RowScale<T> scale)
        where TMode : struct, IRowMode
    {
        RowMoments row = RowMoments.Start;
        if (TMode.Stores && TMode.HasMoments && z.Overlaps(e))
        {
            InPlace<TMode>(e, in scale, ref row);
            return row;
        }

        for (int i = 0; i < z.Length; i += Length)
        {
            int length = Math.Min(Length, z.Length - i);
            Add<TMode>(z.Slice(i, length), TMode.Stores ? e.Slice(i, length) : e, i, in scale, ref row);
        }

        return row;
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
        T centre = TMode.HasMoments ? T.CreateTruncating(row.Centre) : T.Zero;
        RowMoments before = row;
        RowSums<T> sums = ExpPass<TLanes, T>.Run<TMode>(z, e, start, in scale, centre, ref row);
        if (!TMode.HasMoments)
            row.Tail += sums.Sum;
        else if (!row.TryMerge(in sums, double.CreateTruncating(centre)))
            AddFromMean(z, start, in scale, centre + T.CreateTruncating(sums.Weighted / sums.Sum), before, ref row);
    }

    /// <summary>Measures a block again, from its own mean.</summary>
    private static void AddFromMean(ReadOnlySpan<T> z, int start, in RowScale<T> scale, T mean, RowMoments before, ref RowMoments row)
    {
        RowSums<T> sums = ExpPass<TLanes, T>.Run<RowModes.Vitals>(z, default, start, in scale, mean, ref before);
        row.TryMerge(in sums, double.CreateTruncating(mean), insist: true);
    }
}
