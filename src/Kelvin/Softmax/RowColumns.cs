using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>The moments of <see cref="RowDescriptions.Batch"/> rows, number by number: <see cref="RowMoments"/> turned.</summary>
internal struct RowColumns
{
    public Vector512<double> Max;

    public Vector512<double> Second;

    public Vector512<double> Tail;

    public Vector512<double> Weighted;

    public Vector512<double> Deviations;

    public Vector512<double> Squares;

    /// <summary>Two counts a row, <see cref="RowMoments.Unmasked"/> in the lower half.</summary>
    public Vector512<long> UnmaskedAndTies;

    /// <summary>In the lower half.</summary>
    public Vector512<long> ArgMax;

    /// <summary>A row of moments is one vector: turned as a matrix.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(ReadOnlySpan<RowMoments> rows, out RowColumns columns)
    {
        ref readonly double first = ref Unsafe.As<RowMoments, double>(ref MemoryMarshal.GetReference(rows));
        Vector512<double> max = Row(in first, 0), second = Row(in first, 1), tail = Row(in first, 2), weighted = Row(in first, 3);
        Vector512<double> deviations = Row(in first, 4), squares = Row(in first, 5), unmaskedAndTies = Row(in first, 6), argMax = Row(in first, 7);
        EightByEight.Transpose(ref max, ref second, ref tail, ref weighted, ref deviations, ref squares, ref unmaskedAndTies, ref argMax);
        columns.Max = max;
        columns.Second = second;
        columns.Tail = tail;
        columns.Weighted = weighted;
        columns.Deviations = deviations;
        columns.Squares = squares;
        columns.UnmaskedAndTies = unmaskedAndTies.AsInt64();
        columns.ArgMax = argMax.AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(ref readonly double first, nuint row) => Vector512.LoadUnsafe(in first, row * RowDescriptions.Batch);
}
