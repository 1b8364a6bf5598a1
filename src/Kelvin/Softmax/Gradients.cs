using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>∂L/∂z = p (g − D)/T of rows, D = ⟨p, g⟩: a pass for D and one for the rest; for short rows the second goes along with the first of the next row.</summary>
internal static class Gradients<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Entries up to which p, g and ∂L/∂z of two rows fit 32 KiB.</summary>
    private static int Short => 32_768 / 6 / Unsafe.SizeOf<T>();

    /// <summary>Fills rows of <paramref name="columns"/> entries, each matrix with its stride.</summary>
    public static void Backward(
        ReadOnlySpan<T> p, int pStride, ReadOnlySpan<T> g, int gStride, double temperature, Span<T> dZ, int dZStride, int columns, int rows)
    {
        double beta = 1 / temperature;
        T factor = T.CreateTruncating(beta);
        int i = 0;
        if (TLanes.AreFew && columns <= Short && columns % ExpPass<TLanes, T>.Group == 0)
        {
            ShortGradients<TLanes, T>.Of(p, pStride, g, gStride, factor, dZ, dZStride, columns, rows);
            return;
        }

        if (columns == ShortRows<TLanes, T>.Longest)
        {
            for (; i < rows; i++)
                ShortGradients<TLanes, T>.OfOne(in p[i * pStride], in g[i * gStride], factor, ref dZ[i * dZStride]);
        }

        if (columns >= TLanes.Count && columns <= Short && i < rows)
        {
            T shift = Shift(p[..columns], g[..columns], beta, out T from);
            for (; i + 1 < rows; i++)
            {
                ReadOnlySpan<T> p0 = p.Slice(i * pStride, columns), p1 = p.Slice((i + 1) * pStride, columns);
                ReadOnlySpan<T> g0 = g.Slice(i * gStride, columns), g1 = g.Slice((i + 1) * gStride, columns);
                Span<T> to = dZ.Slice(i * dZStride, columns);
                if (from == T.Zero)
                {
                    double dot = FillAndDot(p0, g0, to, factor, shift, p1, g1, out T largest);
                    shift = Shift(p1, g1, beta, dot, largest, out from);
                }
                else
                {
                    Fill(p0, g0, to, factor, shift, from);
                    shift = Shift(p1, g1, beta, out from);
                }
            }

            Fill(p.Slice(i * pStride, columns), g.Slice(i * gStride, columns), dZ.Slice(i * dZStride, columns), factor, shift, from);
            i++;
        }

        for (; i < rows; i++)
            Long(p.Slice(i * pStride, columns), g.Slice(i * gStride, columns), beta, dZ.Slice(i * dZStride, columns));
    }

    /// <summary>One row, pass after pass.</summary>
    private static void Long(ReadOnlySpan<T> p, ReadOnlySpan<T> g, double beta, Span<T> dZ)
    {
        T shift = Shift(p, g, beta, out T from);
        Fill(p, g, dZ, T.CreateTruncating(beta), shift, from);
    }

    /// <summary>−D/T; in a nearly one-hot row g is measured from its value at the peak, otherwise from 0.</summary>
    private static T Shift(ReadOnlySpan<T> p, ReadOnlySpan<T> g, double beta, out T from)
    {
        double dot = Sweep<TLanes, T>.Dot(p, g, T.Zero, out T largest);
        return Shift(p, g, beta, dot, largest, out from);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Shift(ReadOnlySpan<T> p, ReadOnlySpan<T> g, double beta, double dot, T largest, out T from)
    {
        from = T.Zero;
        if (NearlyOneHot.Is(largest))
        {
            from = g[p.IndexOf(largest)];
            dot = Sweep<TLanes, T>.Dot(p, g, from, out _);
        }

        return T.CreateTruncating(-dot * beta);
    }

    private static void Fill(ReadOnlySpan<T> p, ReadOnlySpan<T> g, Span<T> dZ, T factor, T shift, T from)
    {
        if (from == T.Zero)
            Sweep<TLanes, T>.Map<RowMaps.Backward<TLanes, T>>(p, g, dZ, factor, shift);
        else
            Sweep<TLanes, T>.Map<RowMaps.BackwardFrom<TLanes, T>>(p, g, dZ, factor, shift, from);
    }

    /// <summary>∂L/∂z of one row, and Σ p g and the largest p of the next: while the one waits to be written, the other is fetched.</summary>
    /// <remarks>The sums go to the lanes in the order of <see cref="Sweep{TLanes, T}.Dot"/>: a row's result does not depend on what stands before it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double FillAndDot(
        ReadOnlySpan<T> p, ReadOnlySpan<T> g, Span<T> dZ, T factor, T shift, ReadOnlySpan<T> nextP, ReadOnlySpan<T> nextG, out T largest)
    {
        ref readonly T x = ref p[0];
        ref readonly T y = ref g[0];
        ref readonly T u = ref nextP[0];
        ref readonly T v = ref nextG[0];
        ref T to = ref dZ[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)dZ.Length, last = length - lanes;
        TLanes a = TLanes.All(factor), b = TLanes.All(shift);
        TLanes head = Gradient(in x, in y, 0, a, b), tail = Gradient(in x, in y, last, a, b);   // before anything is written, and written last
        TLanes s0 = default, s1 = default, s2 = default, s3 = default, top0 = TLanes.Load(in u, last), top1 = top0;
        nuint i = Sweep<TLanes, T>.ToAlignment(in to), j = 0;
        for (; j + (4 * lanes) <= length; j += 4 * lanes)
        {
            TLanes u0 = TLanes.Load(in u, j), u1 = TLanes.Load(in u, j + lanes), u2 = TLanes.Load(in u, j + (2 * lanes)), u3 = TLanes.Load(in u, j + (3 * lanes));
            s0 = TLanes.MultiplyAdd(u0, TLanes.Load(in v, j), s0);
            s1 = TLanes.MultiplyAdd(u1, TLanes.Load(in v, j + lanes), s1);
            s2 = TLanes.MultiplyAdd(u2, TLanes.Load(in v, j + (2 * lanes)), s2);
            s3 = TLanes.MultiplyAdd(u3, TLanes.Load(in v, j + (3 * lanes)), s3);
            top0 = TLanes.Max(TLanes.Max(u0, u1), top0);
            top1 = TLanes.Max(TLanes.Max(u2, u3), top1);
            if (i + (4 * lanes) > length)
                continue;   // only the last time, where the row does not start at an aligned address

            TLanes z0 = Gradient(in x, in y, i, a, b), z1 = Gradient(in x, in y, i + lanes, a, b);
            TLanes z2 = Gradient(in x, in y, i + (2 * lanes), a, b), z3 = Gradient(in x, in y, i + (3 * lanes), a, b);
            z0.Store(ref to, i);
            z1.Store(ref to, i + lanes);
            z2.Store(ref to, i + (2 * lanes));
            z3.Store(ref to, i + (3 * lanes));
            i += 4 * lanes;
        }

        for (; i + lanes <= length; i += lanes)
            Gradient(in x, in y, i, a, b).Store(ref to, i);
        for (; j + lanes <= length; j += lanes)
        {
            TLanes u0 = TLanes.Load(in u, j);
            s0 = TLanes.MultiplyAdd(u0, TLanes.Load(in v, j), s0);
            top0 = TLanes.Max(u0, top0);
        }

        head.Store(ref to, 0);
        tail.Store(ref to, last);
        double dot = double.CreateTruncating(TLanes.Sum((s0 + s1) + (s2 + s3)));
        largest = TLanes.Highest(TLanes.Max(top0, top1));
        for (; j < length; j++)
            dot += double.CreateTruncating(nextP[(int)j]) * double.CreateTruncating(nextG[(int)j]);
        return dot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Gradient(ref readonly T p, ref readonly T g, nuint i, TLanes a, TLanes b) =>
        RowMaps.Backward<TLanes, T>.Of(TLanes.Load(in p, i), TLanes.Load(in g, i), a, b, default);
}
