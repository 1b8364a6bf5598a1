using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>∂L/∂z = a p (g − ⟨p, g⟩) of short rows, with D = ⟨p, g⟩ never leaving the vectors. In nearly one-hot rows g is measured from its value at the peak.</summary>
internal static class ShortGradients<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One row of one group, without going back to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfOne(ref readonly T p, ref readonly T g, T factor, ref T dZ)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes p0 = TLanes.Load(in p, 0), p1 = TLanes.Load(in p, lanes), p2 = TLanes.Load(in p, 2 * lanes), p3 = TLanes.Load(in p, 3 * lanes);
        TLanes g0 = TLanes.Load(in g, 0), g1 = TLanes.Load(in g, lanes), g2 = TLanes.Load(in g, 2 * lanes), g3 = TLanes.Load(in g, 3 * lanes);
        TLanes most = TLanes.All(NearlyOneHot.Share);
        TLanes top = TLanes.Max(TLanes.Max(p0, p1), TLanes.Max(p2, p3));
        if (TLanes.AnyEqual(top, TLanes.Max(top, most)))
        {
            ulong places = TLanes.EqualBits(p0, TLanes.Max(p0, most))
                | (TLanes.EqualBits(p1, TLanes.Max(p1, most)) << TLanes.Count)
                | (TLanes.EqualBits(p2, TLanes.Max(p2, most)) << (2 * TLanes.Count))
                | (TLanes.EqualBits(p3, TLanes.Max(p3, most)) << (3 * TLanes.Count));
            TLanes from = TLanes.All(Unsafe.Add(ref Unsafe.AsRef(in g), BitOperations.TrailingZeroCount(places)));
            g0 -= from;
            g1 -= from;
            g2 -= from;
            g3 -= from;
        }

        TLanes products = TLanes.MultiplyAdd(p0, g0, p1 * g1) + TLanes.MultiplyAdd(p2, g2, p3 * g3);
        TLanes dot = TLanes.All(TLanes.Sum(products)), a = TLanes.All(factor);
        (p0 * a * (g0 - dot)).Store(ref dZ, 0);
        (p1 * a * (g1 - dot)).Store(ref dZ, lanes);
        (p2 * a * (g2 - dot)).Store(ref dZ, 2 * lanes);
        (p3 * a * (g3 - dot)).Store(ref dZ, 3 * lanes);
    }

    /// <summary>Rows of whole groups that stay in the nearest cache.</summary>
    /// <remarks>On its own, not drawn into its caller: together they would be more than the JIT inlines into one method.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Of(ReadOnlySpan<T> p, int pStride, ReadOnlySpan<T> g, int gStride, T factor, Span<T> dZ, int dZStride, int columns, int rows)
    {
        nuint length = (nuint)columns;
        TLanes a = TLanes.All(factor), most = TLanes.All(NearlyOneHot.Share);
        for (int r = 0; r < rows; r++)
        {
            ref readonly T x = ref p[r * pStride];
            ref readonly T y = ref g[r * gStride];
            ref T to = ref dZ[r * dZStride];
            TLanes products = Products(in x, in y, default, length, out TLanes top);
            if (TLanes.AnyEqual(top, TLanes.Max(top, most)))
            {
                TLanes from = TLanes.All(AtPeak(in x, in y, length));
                products = Products(in x, in y, from, length, out _);
                Write(in x, in y, from, a, TLanes.All(-factor * TLanes.Sum(products)), length, ref to);
            }
            else
            {
                Write(in x, in y, default, a, TLanes.All(-factor * TLanes.Sum(products)), length, ref to);
            }
        }
    }

    /// <summary>p (a (g − c) + b) of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref readonly T p, ref readonly T g, TLanes c, TLanes a, TLanes b, nuint length, ref T dZ)
    {
        nuint lanes = (nuint)TLanes.Count;
        for (nuint i = 0; i < length; i += 4 * lanes)
        {
            TLanes z0 = TLanes.Load(in p, i) * TLanes.MultiplyAdd(TLanes.Load(in g, i) - c, a, b);
            TLanes z1 = TLanes.Load(in p, i + lanes) * TLanes.MultiplyAdd(TLanes.Load(in g, i + lanes) - c, a, b);
            TLanes z2 = TLanes.Load(in p, i + (2 * lanes)) * TLanes.MultiplyAdd(TLanes.Load(in g, i + (2 * lanes)) - c, a, b);
            TLanes z3 = TLanes.Load(in p, i + (3 * lanes)) * TLanes.MultiplyAdd(TLanes.Load(in g, i + (3 * lanes)) - c, a, b);
            z0.Store(ref dZ, i);
            z1.Store(ref dZ, i + lanes);
            z2.Store(ref dZ, i + (2 * lanes));
            z3.Store(ref dZ, i + (3 * lanes));
        }
    }

    /// <summary>Σ p (g − c) of a row, lane by lane, and the largest p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Products(ref readonly T p, ref readonly T g, TLanes c, nuint length, out TLanes top)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes s0 = default, s1 = default, s2 = default, s3 = default, top0 = default, top1 = default;
        for (nuint i = 0; i < length; i += 4 * lanes)
        {
            TLanes p0 = TLanes.Load(in p, i), p1 = TLanes.Load(in p, i + lanes), p2 = TLanes.Load(in p, i + (2 * lanes)), p3 = TLanes.Load(in p, i + (3 * lanes));
            s0 = TLanes.MultiplyAdd(p0, TLanes.Load(in g, i) - c, s0);
            s1 = TLanes.MultiplyAdd(p1, TLanes.Load(in g, i + lanes) - c, s1);
            s2 = TLanes.MultiplyAdd(p2, TLanes.Load(in g, i + (2 * lanes)) - c, s2);
            s3 = TLanes.MultiplyAdd(p3, TLanes.Load(in g, i + (3 * lanes)) - c, s3);
            top0 = TLanes.Max(TLanes.Max(p0, p1), top0);
            top1 = TLanes.Max(TLanes.Max(p2, p3), top1);
        }

        top = TLanes.Max(top0, top1);
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary>g where p is first so large that the row is nearly one-hot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AtPeak(ref readonly T p, ref readonly T g, nuint length)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes most = TLanes.All(NearlyOneHot.Share);
        for (nuint i = 0; i < length; i += lanes)
        {
            TLanes x = TLanes.Load(in p, i);
            ulong places = TLanes.EqualBits(x, TLanes.Max(x, most));
            if (places != 0)
                return Unsafe.Add(ref Unsafe.AsRef(in g), i + (nuint)BitOperations.TrailingZeroCount(places));
        }

        return T.Zero;
    }
}
