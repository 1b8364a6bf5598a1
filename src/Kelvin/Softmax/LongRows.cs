using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Rows of any length, stage after stage: the maximum; exp with all sums; the division by the sum.</summary>
/// <remarks>A few rows that fit the nearest caches together go through each stage together, since within one row each stage waits for the one before.</remarks>
internal static class LongRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries that the nearest caches hold with room to spare.</summary>
    private const int Near = 32768;

    /// <summary>Rows of this length that go together.</summary>
    public static int Together(int columns) => Math.Clamp(Near / columns, 1, RowDescriptions.Batch);

    /// <summary>The moments of rows, <paramref name="zStride"/> apart, and their probabilities.</summary>
    [SkipLocalsInit]
    public static void Moments<TMode>(
        ReadOnlySpan<T> z, int zStride, int columns, double temperature, ref RowScale<T> scale, Span<T> p, int pStride, Span<RowMoments> rows)
        where TMode : struct, IRowMode
    {
        Span<RowExtremes<T>> extremes = stackalloc RowExtremes<T>[RowDescriptions.Batch];
        extremes = extremes[..rows.Length];
        Survey<TLanes, T>.Rows(z, zStride, columns, extremes);
        bool areNarrow = true;
        for (int r = 0; r < rows.Length; r++)
        {
            rows[r] = Begin(in extremes[r], z.Slice(r * zStride, columns), ref scale);
            areNarrow &= scale.IsNarrow;
        }

        scale.IsNarrow = areNarrow;
        if (columns <= BlockRows<TLanes, T>.Longest && RowScale<T>.Fits(temperature) && !(TMode.Stores && z.Overlaps(p)))
        {
            BlockRows<TLanes, T>.Moments<TMode>(z, zStride, columns, ref scale, p, pStride, rows);
            for (int r = 0; r < rows.Length; r++)
                rows[r].NameMax();
        }
        else
        {
            for (int r = 0; r < rows.Length; r++)
                Sum<TMode>(z.Slice(r * zStride, columns), temperature, ref scale, TMode.Stores ? p.Slice(r * pStride, columns) : default, ref rows[r]);
        }

        for (int r = 0; TMode.Stores && r < rows.Length; r++)
            Normalise(z.Slice(r * zStride, columns), temperature, p.Slice(r * pStride, columns), in rows[r]);
    }

    /// <summary>Probabilities alone, of rows of at most one block; false, and nothing done, if a row has no finite maximum.</summary>
    [SkipLocalsInit]
    public static bool TryProbabilities(ReadOnlySpan<T> z, int zStride, int columns, ref RowScale<T> scale, Span<T> p, int pStride, int rows)
    {
        Span<T> maxima = stackalloc T[RowDescriptions.Batch];
        Span<RowSums<T>> sums = stackalloc RowSums<T>[RowDescriptions.Batch];
        bool areFinite = true, areNarrow = true;
        for (int r = 0; r < rows; r++)
        {
            scale.Begin(Sweep<TLanes, T>.Max(z.Slice(r * zStride, columns), out T min), min);
            maxima[r] = scale.Max;
            areFinite &= T.IsFinite(scale.Max);
            areNarrow &= scale.IsNarrow;
        }

        if (!areFinite)
            return false;

        scale.IsNarrow = areNarrow;
        BlockRows<TLanes, T>.Plain(z, zStride, columns, maxima[..rows], ref scale, p, pStride, sums);
        for (int r = 0; r < rows; r++)
            Sweep<TLanes, T>.Scale(p.Slice(r * pStride, columns), T.CreateTruncating(1 / sums[r].Sum));
        return true;
    }

    /// <summary>What a look over a row tells: the extremes, how many entries are masks, and whether the row is narrow.</summary>
    public static RowMoments Begin(ReadOnlySpan<T> z, ref RowScale<T> scale) => Begin(Survey<TLanes, T>.Of(z), z, ref scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowMoments Begin(in RowExtremes<T> extremes, ReadOnlySpan<T> z, ref RowScale<T> scale)
    {
        scale.Begin(extremes.Max, extremes.Min);
        return new RowMoments(double.CreateTruncating(extremes.Max))
        {
            Second = double.CreateTruncating(extremes.Second),
            ArgMax = extremes.ArgMax,
            Ties = extremes.Ties,
            Unmasked = z.Length - (T.IsFinite(extremes.Min) ? 0 : Sweep<TLanes, T>.Count(z, T.NegativeInfinity)),
        };
    }

    /// <summary>The other moments; e goes to <paramref name="p"/>. The scale knows whether the row is narrow.</summary>
    public static void Sum<TMode>(ReadOnlySpan<T> z, double temperature, ref RowScale<T> scale, Span<T> p, ref RowMoments row)
        where TMode : struct, IRowMode
    {
        scale.Max = T.CreateTruncating(row.Max);
        if (!double.IsFinite(row.Max))
            row.Tail = double.NaN;
        else if (RowScale<T>.Fits(temperature))
            Blocks<TLanes, T>.Moments<TMode>(z, p, in scale, ref row);
        else
            row = PlainRow.Moments(z, row.Max, temperature);

        row.NameMax();
    }

    /// <summary>e becomes p.</summary>
    private static void Normalise(ReadOnlySpan<T> z, double temperature, Span<T> p, in RowMoments row)
    {
        if (row.IsPeculiar)
        {
            p.Fill(row.Unmasked == 0 ? T.Zero : T.NaN);
        }
        else if (RowScale<T>.Fits(temperature))
        {
            T largest = T.CreateTruncating(1 / (1 + row.Tail));
            Sweep<TLanes, T>.Scale(p, largest);
            p[row.ArgMax] = largest;
        }
        else
        {
            PlainRow.Probabilities(z, row.Max, temperature, p);
        }
    }
}
