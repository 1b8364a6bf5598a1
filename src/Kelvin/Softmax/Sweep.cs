using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Passes over a row that need no exp. What does not fill a vector goes through the same code one by one.</summary>
internal static class Sweep<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries between two transfers of the lanes' sums to double.</summary>
    private const int Block = 4096;

    /// <summary>Largest and smallest entry. NaN is passed over or returned, as the machine likes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (T Max, T Min) Extremes(ReadOnlySpan<T> row)
    {
        ref readonly T z = ref row[0];
        nuint lanes = (nuint)TLanes.Count;
        nuint length = (nuint)row.Length;
        if (length < lanes)
            return Sweep<Lanes1<T>, T>.Extremes(row);

        TLanes max0 = TLanes.Load(in z, length - lanes), max1 = max0, min0 = max0, min1 = max0;
        nuint i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            TLanes z0 = TLanes.Load(in z, i);
            TLanes z1 = TLanes.Load(in z, i + lanes);
            TLanes z2 = TLanes.Load(in z, i + (2 * lanes));
            TLanes z3 = TLanes.Load(in z, i + (3 * lanes));
            max0 = TLanes.Max(TLanes.Max(z0, z1), max0);
            min0 = TLanes.Min(TLanes.Min(z0, z1), min0);
            max1 = TLanes.Max(TLanes.Max(z2, z3), max1);
            min1 = TLanes.Min(TLanes.Min(z2, z3), min1);
        }

        for (; i + lanes <= length; i += lanes)
        {
            TLanes z0 = TLanes.Load(in z, i);
            max0 = TLanes.Max(z0, max0);
            min0 = TLanes.Min(z0, min0);
        }

        return (TLanes.Highest(TLanes.Max(max0, max1)), TLanes.Lowest(TLanes.Min(min0, min1)));
    }

    /// <summary>yᵢ = a (xᵢ − b) + c; y may be x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(ReadOnlySpan<T> input, T factor, T from, T plus, Span<T> output)
    {
        ref readonly T x = ref input[0];
        ref T y = ref output[0];
        TLanes a = TLanes.All(factor), b = TLanes.All(from), c = TLanes.All(plus);
        nuint lanes = (nuint)TLanes.Count, length = (nuint)input.Length, i = 0;
        for (; i + lanes <= length; i += lanes)
            TLanes.MultiplyAdd(TLanes.Load(in x, i) - b, a, c).Store(ref y, i);
        for (; i < length; i++)
            Lanes1<T>.MultiplyAdd(new(input[(int)i] - from), new(factor), new(plus)).Store(ref y, i);
    }

    /// <summary>x ← a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<T> row, T factor)
    {
        ref T x = ref row[0];
        TLanes a = TLanes.All(factor);
        nuint lanes = (nuint)TLanes.Count, length = (nuint)row.Length, i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            (TLanes.Load(in x, i) * a).Store(ref x, i);
            (TLanes.Load(in x, i + lanes) * a).Store(ref x, i + lanes);
            (TLanes.Load(in x, i + (2 * lanes)) * a).Store(ref x, i + (2 * lanes));
            (TLanes.Load(in x, i + (3 * lanes)) * a).Store(ref x, i + (3 * lanes));
        }

        for (; i + lanes <= length; i += lanes)
            (TLanes.Load(in x, i) * a).Store(ref x, i);
        for (; i < length; i++)
            row[(int)i] *= factor;
    }

    /// <summary>Σ xᵢ yᵢ.</summary>
    public static double Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i += Block)
        {
            int length = Math.Min(Block, x.Length - i);
            sum += DotBlock(x.Slice(i, length), y.Slice(i, length));
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
            sum += TLanes.Sums(lane, lane, lane, lane)[0];
        }

        for (; i < length; i++)
            sum += double.CreateTruncating(row[(int)i]) - double.CreateTruncating(from);
        return sum;
    }

    /// <summary>∂L/∂z = a p (g − D).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ReadOnlySpan<T> probabilities, ReadOnlySpan<T> gradient, T dot, T factor, Span<T> output)
    {
        ref readonly T p = ref probabilities[0];
        ref readonly T g = ref gradient[0];
        ref T dZ = ref output[0];
        TLanes d = TLanes.All(dot), a = TLanes.All(factor);
        nuint lanes = (nuint)TLanes.Count, length = (nuint)probabilities.Length, i = 0;
        for (; i + (2 * lanes) <= length; i += 2 * lanes)
        {
            TLanes first = TLanes.Load(in p, i) * ((TLanes.Load(in g, i) - d) * a);
            TLanes second = TLanes.Load(in p, i + lanes) * ((TLanes.Load(in g, i + lanes) - d) * a);
            first.Store(ref dZ, i);
            second.Store(ref dZ, i + lanes);
        }

        for (; i + lanes <= length; i += lanes)
            (TLanes.Load(in p, i) * ((TLanes.Load(in g, i) - d) * a)).Store(ref dZ, i);
        for (; i < length; i++)
            output[(int)i] = probabilities[(int)i] * ((gradient[(int)i] - dot) * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double DotBlock(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
    {
        ref readonly T x = ref left[0];
        ref readonly T y = ref right[0];
        TLanes s0 = default, s1 = default, s2 = default, s3 = default;
        nuint lanes = (nuint)TLanes.Count, length = (nuint)left.Length, i = 0;
        for (; i + (4 * lanes) <= length; i += 4 * lanes)
        {
            s0 = TLanes.MultiplyAdd(TLanes.Load(in x, i), TLanes.Load(in y, i), s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(in x, i + lanes), TLanes.Load(in y, i + lanes), s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(in x, i + (2 * lanes)), TLanes.Load(in y, i + (2 * lanes)), s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(in x, i + (3 * lanes)), TLanes.Load(in y, i + (3 * lanes)), s3);
        }

        for (; i + lanes <= length; i += lanes)
            s0 = TLanes.MultiplyAdd(TLanes.Load(in x, i), TLanes.Load(in y, i), s0);
        System.Runtime.Intrinsics.Vector256<double> sums = TLanes.Sums(s0, s1, s2, s3);
        double sum = sums[0] + sums[1] + sums[2] + sums[3];
        for (; i < length; i++)
            sum += double.CreateTruncating(left[(int)i]) * double.CreateTruncating(right[(int)i]);
        return sum;
    }
}
