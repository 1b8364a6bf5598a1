using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Softmax;

/// <summary>The moments of <see cref="RowDescriptions.Batch"/> rows, number by number: <see cref="RowMoments"/> turned.</summary>
internal struct RowColumns
{
    public Eight<double> Max;

    public Eight<double> Second;

    public Eight<double> Tail;

    public Eight<double> Weighted;

    public Eight<double> Deviations;

    public Eight<double> Squares;

    /// <summary>Two counts a row, <see cref="RowMoments.Unmasked"/> in the lower half.</summary>
    public Eight<long> UnmaskedAndTies;

    /// <summary>In the lower half.</summary>
    public Eight<long> ArgMax;

    /// <summary>A row of moments is eight numbers: turned as a matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(ReadOnlySpan<RowMoments> rows, out RowColumns columns)
    {
        Unsafe.SkipInit(out columns);
        EightByEight.Transpose(
            in Unsafe.As<RowMoments, double>(ref MemoryMarshal.GetReference(rows)), RowDescriptions.Batch, ref Unsafe.As<RowColumns, double>(ref columns), RowDescriptions.Batch);
    }
}
