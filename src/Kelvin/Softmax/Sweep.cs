using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Passes over a row without sums of exp. All are optimised from the first call on: unoptimised, vectors are fifty times slower.</summary>
internal static class Sweep<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries between two transfers of the lanes' sums to double.</summary>
    private const int Block = 4096;

    /// <summary>Entries of two inputs that the nearest cache holds with room to spare.</summary>
    private static nuint Hot => (nuint)(32_768 / 2 / Unsafe.SizeOf<T>());

    /// <summary>Largest entry. NaN is passed over or returned, as the machine likes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Max(ReadOnlySpan<T> row)
    {
        ref readonly T z = ref row[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)row.Length;
        if (length < lanes)
            return Sweep<Lanes1<T>, T>.Max(row);

        // The last vector first, then the others from the first on: where they overlap, a maximum does not mind.
        TLanes max0 = TLanes.Load(in z, length - lanes), max1 = max0;
        nuint i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            max0 = TLanes.Max(TLanes.Max(TLanes.Load(in z, i), TLanes.Load(in z, i + lanes)), max0);
            max1 = TLanes.Max(TLanes.Max(TLanes.Load(in z, i + (2 * lanes)), TLanes.Load(in z, i + (3 * lanes))), max1);
        }

        for (; i + lanes <= length; i += lanes)
            max0 = TLanes.Max(TLanes.Load(in z, i), max0);
        return TLanes.Highest(TLanes.Max(max0, max1));
    }

    /// <summary>Largest and smallest entry. NaN is passed over or returned, as the machine likes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Max(ReadOnlySpan<T> row, out T min)
    {
        ref readonly T z = ref row[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)row.Length;
        if (length < lanes)
            return Sweep<Lanes1<T>, T>.Max(row, out min);

        TLanes max0 = TLanes.Load(in z, length - lanes), max1 = max0, min0 = max0, min1 = max0;
        nuint i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            TLanes z0 = TLanes.Load(in z, i), z1 = TLanes.Load(in z, i + lanes), z2 = TLanes.Load(in z, i + (2 * lanes)), z3 = TLanes.Load(in z, i + (3 * lanes));
            max0 = TLanes.Max(TLanes.Max(z0, z1), max0);
            max1 = TLanes.Max(TLanes.Max(z2, z3), max1);
            min0 = TLanes.Min(TLanes.Min(z0, z1), min0);
            min1 = TLanes.Min(TLanes.Min(z2, z3), min1);
        }

        for (; i + lanes <= length; i += lanes)
        {
            TLanes last = TLanes.Load(in z, i);
            max0 = TLanes.Max(last, max0);
            min0 = TLanes.Min(last, min0);
        }

        min = TLanes.Lowest(TLanes.Min(min0, min1));
        return TLanes.Highest(TLanes.Max(max0, max1));
    }

    /// <summary>Entries equal to <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Count(ReadOnlySpan<T> row, T value)
    {
        ref readonly T z = ref row[0];
        TLanes all = TLanes.All(value);
        int lanes = TLanes.Count, count = 0, i = 0;
        for (; i + lanes <= row.Length; i += lanes)
            count += BitOperations.PopCount(TLanes.EqualBits(TLanes.Load(in z, (nuint)i), all));
        for (; i < row.Length; i++)
            count += row[i] == value ? 1 : 0;
        return count;
    }

    /// <summary>outputᵢ = f(xᵢ, yᵢ; a, b, c); the output may be either input. Lengths are equal and not 0.</summary>
    /// <remarks>
    /// <para>First backwards over what the pass before, which ended at the last entry, left in the nearest cache; then forwards over the rest, since
    /// machines read ahead better on the way up. But an output that lies a little behind an input in its 4-KiB page, as one allocated after it does,
    /// would on the way up seem to be read right after it was written: there it is backwards all the way.</para>
    /// <para>Both ends are computed before anything is written and written last, so that the stores between them can be aligned.</para>
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TMap>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output, T a = default, T b = default, T c = default)
        where TMap : struct, IRowMap<TLanes>
    {
        ref readonly T x = ref left[0];
        ref readonly T y = ref right[0];
        ref T to = ref output[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)output.Length;
        if (length < lanes)
        {
            MapFew<TMap>(left, right, output, a, b, c);
            return;
        }

        nuint last = length - lanes;
        TLanes u = TLanes.All(a), v = TLanes.All(b), w = TLanes.All(c);
        TLanes head = TMap.Of(TLanes.Load(in x, 0), TLanes.Load(in y, 0), u, v, w);
        TLanes tail = TMap.Of(TLanes.Load(in x, last), TLanes.Load(in y, last), u, v, w);
        nuint first = ToAlignment(in to), i = length - ((length - first) % lanes);
        nuint groups = (i - first) / (4 * lanes), stride = 4 * lanes, at = i;
        nuint hot = IsLittleBehind(in x, in to) || IsLittleBehind(in y, in to) ? 0 : Hot / (4 * lanes);
        i -= groups * stride;
        for (nuint ahead = groups, turn = hot == 0 || groups < hot ? 0 : groups - hot; ahead > 0; ahead--)
        {
            if (ahead == turn)
                (at, stride) = (i - (4 * lanes), 0 - stride);
            at -= stride;
            TLanes y0 = TMap.Of(TLanes.Load(in x, at), TLanes.Load(in y, at), u, v, w);
            TLanes y1 = TMap.Of(TLanes.Load(in x, at + lanes), TLanes.Load(in y, at + lanes), u, v, w);
            TLanes y2 = TMap.Of(TLanes.Load(in x, at + (2 * lanes)), TLanes.Load(in y, at + (2 * lanes)), u, v, w);
            TLanes y3 = TMap.Of(TLanes.Load(in x, at + (3 * lanes)), TLanes.Load(in y, at + (3 * lanes)), u, v, w);
            y0.Store(ref to, at);
            y1.Store(ref to, at + lanes);
            y2.Store(ref to, at + (2 * lanes));
            y3.Store(ref to, at + (3 * lanes));
        }

        while (i >= first + lanes)
        {
            i -= lanes;
            TMap.Of(TLanes.Load(in x, i), TLanes.Load(in y, i), u, v, w).Store(ref to, i);
        }

        head.Store(ref to, 0);
        tail.Store(ref to, last);
    }

    /// <summary>xᵢ ← a xᵢ. Lengths are not 0.</summary>
    /// <remarks>Whole vectors at their boundaries that the nearest cache holds need none of what <see cref="Map"/> looks after.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<T> row, T factor)
    {
        ref T x = ref row[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)row.Length;
        if (length > Hot || length % lanes != 0 || ToAlignment(in x) != 0)
        {
            Map<RowMaps.Scale<TLanes, T>>(row, row, row, factor);
            return;
        }

        TLanes a = TLanes.All(factor);
        nuint i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            TLanes y0 = TLanes.Load(in x, i) * a, y1 = TLanes.Load(in x, i + lanes) * a;
            TLanes y2 = TLanes.Load(in x, i + (2 * lanes)) * a, y3 = TLanes.Load(in x, i + (3 * lanes)) * a;
            y0.Store(ref x, i);
            y1.Store(ref x, i + lanes);
            y2.Store(ref x, i + (2 * lanes));
            y3.Store(ref x, i + (3 * lanes));
        }

        for (; i < length; i += lanes)
            (TLanes.Load(in x, i) * a).Store(ref x, i);
    }

    /// <summary>Whether the output's place in its page lies after that of the input, by less than a quarter of a page.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLittleBehind(ref readonly T input, ref readonly T output) =>
        (((nuint)Unsafe.ByteOffset(in input, in output) - 1) & 4095) < 1023;

    /// <summary>Less than a vector: padded with zeros.</summary>
    private static void MapFew<TMap>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> output, T a, T b, T c)
        where TMap : struct, IRowMap<TLanes>
    {
        Span<T> x = stackalloc T[TLanes.Count];
        Span<T> y = stackalloc T[TLanes.Count];
        left.CopyTo(x);
        right.CopyTo(y);
        TMap.Of(TLanes.Load(in x[0], 0), TLanes.Load(in y[0], 0), TLanes.All(a), TLanes.All(b), TLanes.All(c)).Store(ref x[0], 0);
        x[..output.Length].CopyTo(output);
    }

    /// <summary>Σ xᵢ (yᵢ − b), and the largest x.</summary>
    public static double Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y, T from, out T largest)
    {
        double sum = 0;
        largest = x[0];
        for (int i = 0; i < x.Length; i += Block)
        {
            int length = Math.Min(Block, x.Length - i);
            sum += DotBlock(x.Slice(i, length), y.Slice(i, length), from, ref largest);
        }

        return sum;
    }

    /// <summary>Σ (xᵢ − b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<T> row, T from)
    {
        ref readonly T x = ref row[0];
        TLanes b = TLanes.All(from);
        nuint lanes = (nuint)TLanes.Count, length = (nuint)row.Length, i = 0;
        double sum = 0;
        while (i + lanes <= length)
        {
            nuint end = Math.Min(length, i + Block);
            TLanes lane = default;
            for (; i + lanes <= end; i += lanes)
                lane += TLanes.Load(in x, i) - b;
            sum += double.CreateTruncating(TLanes.Sum(lane));
        }

        for (; i < length; i++)
            sum += double.CreateTruncating(row[(int)i]) - double.CreateTruncating(from);
        return sum;
    }

    /// <summary>Entries from here to the next address that is a multiple of the vector's size; 0 where the elements themselves are not aligned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint ToAlignment(ref readonly T here)
    {
        nuint element = (nuint)Unsafe.SizeOf<T>();
        nuint size = (nuint)TLanes.Count * element;
        nuint past = (nuint)Unsafe.ByteOffset(in Unsafe.NullRef<T>(), in here) & (size - 1);
        return past == 0 ? 0 : (size - past) / element;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotBlock(ReadOnlySpan<T> left, ReadOnlySpan<T> right, T from, ref T largest)
    {
        ref readonly T x = ref left[0];
        ref readonly T y = ref right[0];
        TLanes b = TLanes.All(from), top0 = TLanes.All(largest), top1 = top0;
        TLanes s0 = default, s1 = default, s2 = default, s3 = default;
        nuint lanes = (nuint)TLanes.Count, length = (nuint)left.Length, i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            TLanes x0 = TLanes.Load(in x, i), x1 = TLanes.Load(in x, i + lanes), x2 = TLanes.Load(in x, i + (2 * lanes)), x3 = TLanes.Load(in x, i + (3 * lanes));
            s0 = TLanes.MultiplyAdd(x0, TLanes.Load(in y, i) - b, s0);
            s1 = TLanes.MultiplyAdd(x1, TLanes.Load(in y, i + lanes) - b, s1);
            s2 = TLanes.MultiplyAdd(x2, TLanes.Load(in y, i + (2 * lanes)) - b, s2);
            s3 = TLanes.MultiplyAdd(x3, TLanes.Load(in y, i + (3 * lanes)) - b, s3);
            top0 = TLanes.Max(TLanes.Max(x0, x1), top0);
            top1 = TLanes.Max(TLanes.Max(x2, x3), top1);
        }

        for (; i + lanes <= length; i += lanes)
        {
            TLanes x0 = TLanes.Load(in x, i);
            s0 = TLanes.MultiplyAdd(x0, TLanes.Load(in y, i) - b, s0);
            top0 = TLanes.Max(x0, top0);
        }

        double sum = double.CreateTruncating(TLanes.Sum((s0 + s1) + (s2 + s3)));
        largest = TLanes.Highest(TLanes.Max(top0, top1));
        for (; i < length; i++)
        {
            T last = left[(int)i];
            sum += double.CreateTruncating(last) * (double.CreateTruncating(right[(int)i]) - double.CreateTruncating(from));
            largest = T.MaxNative(largest, last);
        }

        return sum;
    }
}
