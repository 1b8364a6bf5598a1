using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>What the rows of a batch leave behind one after another; their moments follow for all together, since the divisions of one would keep the next waiting.</summary>
internal struct ShortRowsRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ e, Σ e y, Σ e y² and Σ e² of each row, without the entries equal to its maximum.</summary>
    public Eight<Vector256<double>> Sums;

    /// <summary>Entries that are not −∞.</summary>
    public Eight<long> Unmasked;

    /// <summary>Entries equal to the maximum.</summary>
    public Eight<long> Ties;

    /// <summary>Index of the first of them.</summary>
    public Eight<long> ArgMax;

    /// <summary>Largest entry.</summary>
    public Eight<T> Maxima;

    /// <summary>Largest entry below the maximum.</summary>
    public Eight<T> Seconds;

    /// <summary>The moments; false where a row needs more care: it has no finite maximum, holds NaN, or lies too far from its maximum.</summary>
    public readonly bool TryFinish(double worst, out RowColumns columns)
    {
        ref readonly double sums = ref Unsafe.As<Eight<Vector256<double>>, double>(ref Unsafe.AsRef(in Sums));
        EightByEight.Columns(
            Vector512.LoadUnsafe(in sums), Vector512.LoadUnsafe(in sums, 8), Vector512.LoadUnsafe(in sums, 16), Vector512.LoadUnsafe(in sums, 24),
            out Vector512<double> sum, out columns.Weighted, out Vector512<double> deviations, out Vector512<double> squares);
        Vector512<long> ties = Vector512.Create<long>(Ties);
        Vector512<double> others = Vector512.ConvertToDouble(ties - Vector512<long>.One);   // ties with the first largest: e = 1 at y = 0
        columns.Max = ToDouble(Maxima);
        columns.Second = Vector512.ConditionalSelect(Vector512.GreaterThan(others, Vector512<double>.Zero), columns.Max, ToDouble(Seconds));
        columns.Tail = sum + others;
        columns.Squares = squares + others;
        columns.Deviations = Vector512.MaxNative(Vector512<double>.Zero, deviations - (columns.Weighted * (columns.Weighted / (Vector512<double>.One + columns.Tail))));
        columns.UnmaskedAndTies = Vector512.Create<long>(Unmasked) | Vector512.ShiftLeft(ties, 32);
        columns.ArgMax = Vector512.Create<long>(ArgMax);

        Vector512<double> infinity = Vector512.Create(double.PositiveInfinity);
        Vector512<double> far = Vector512.GreaterThan(deviations, worst * columns.Deviations) & Vector512.GreaterThan(columns.Tail, Vector512.Create(RowMoments.Hot));
        Vector512<double> good = Vector512.LessThan(Vector512.Abs(columns.Max), infinity) & Vector512.LessThan(columns.Tail, infinity);
        return Vector512.EqualsAll(Vector512.AndNot(good, far).AsInt64(), Vector512<long>.AllBitsSet);
    }

    private static Vector512<double> ToDouble(ReadOnlySpan<T> eight)
    {
        if (typeof(T) == typeof(double))
            return Vector512.Create(eight).AsDouble();
        Vector256<float> x = Vector256.Create(eight).AsSingle();
        return Vector512.Create(Vector256.WidenLower(x), Vector256.WidenUpper(x));
    }

    [InlineArray(RowDescriptions.Batch)]
    internal struct Eight<TItem>
    {
        private TItem _first;
    }
}
