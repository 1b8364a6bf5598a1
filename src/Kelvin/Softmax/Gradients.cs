using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>∂L/∂z = p (g − D)/T of rows, D = ⟨p, g⟩: a pass for D and one for the rest, two short rows at a time, so that the second does not wait for the first.</summary>
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
        if (columns == ShortRows<TLanes, T>.Longest)
        {
            for (; i < rows; i++)
                ShortRows<TLanes, T>.Backward(in p[i * pStride], in g[i * gStride], factor, ref dZ[i * dZStride]);
        }

        for (; columns <= Short && i + 2 <= rows; i += 2)
        {
            ReadOnlySpan<T> p0 = p.Slice(i * pStride, columns), p1 = p.Slice((i + 1) * pStride, columns);
            ReadOnlySpan<T> g0 = g.Slice(i * gStride, columns), g1 = g.Slice((i + 1) * gStride, columns);
            T shift0 = Shift(p0, g0, beta, out T from0), shift1 = Shift(p1, g1, beta, out T from1);
            Fill(p0, g0, dZ.Slice(i * dZStride, columns), factor, shift0, from0);
            Fill(p1, g1, dZ.Slice((i + 1) * dZStride, columns), factor, shift1, from1);
        }

        for (; i < rows; i++)
        {
            ReadOnlySpan<T> p0 = p.Slice(i * pStride, columns), g0 = g.Slice(i * gStride, columns);
            T shift = Shift(p0, g0, beta, out T from);
            Fill(p0, g0, dZ.Slice(i * dZStride, columns), factor, shift, from);
        }
    }

    /// <summary>−D/T; in a nearly one-hot row g is measured from its value at the peak, otherwise from 0.</summary>
    private static T Shift(ReadOnlySpan<T> p, ReadOnlySpan<T> g, double beta, out T from)
    {
        from = T.Zero;
        double dot = Sweep<TLanes, T>.Dot(p, g, from, out T largest);
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
}
