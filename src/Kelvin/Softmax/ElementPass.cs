using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>Drives an <see cref="IElementMap"/> over spans, with the widest vectors that this machine does in hardware.</summary>
internal static class ElementPass
{
    /// <summary>outputᵢ = f(xᵢ, yᵢ; a); the output may be either input. Lengths are equal; 0 does nothing.</summary>
    public static void Map<TMap, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> output, T a)
        where TMap : struct, IElementMap
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (output.IsEmpty)
            return;
        if (Vector512.IsHardwareAccelerated)
            Map<TMap, Lanes512<T>, T>(x, y, output, a);
        else if (Vector256.IsHardwareAccelerated)
            Map<TMap, Lanes256<T>, T>(x, y, output, a);
        else if (Vector128.IsHardwareAccelerated)
            Map<TMap, Lanes128<T>, T>(x, y, output, a);
        else
            Map<TMap, Lanes1<T>, T>(x, y, output, a);
    }

    /// <summary>The same with vectors of one type; at least one entry.</summary>
    public static void Map<TMap, TLanes, T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> output, T a)
        where TMap : struct, IElementMap
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = output.Length - (output.Length % TLanes.Count);
        if (whole > 0)
            Whole<TMap, TLanes, T>(in x[0], in y[0], ref output[0], whole, a);
        if (whole == output.Length)
            return;

        Span<T> rest = stackalloc T[2 * TLanes.Count];
        rest.Clear();
        x[whole..output.Length].CopyTo(rest);
        y[whole..output.Length].CopyTo(rest[TLanes.Count..]);
        Whole<TMap, TLanes, T>(in rest[0], in rest[TLanes.Count], ref rest[0], TLanes.Count, a);
        rest[..(output.Length - whole)].CopyTo(output[whole..]);
    }

    // Optimised from the first call on: unoptimised, a loop over vectors is fifty times slower. One copy of f: the machine overlaps its rounds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Whole<TMap, TLanes, T>(ref readonly T x, ref readonly T y, ref T output, int length, T constant)
        where TMap : struct, IElementMap
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes a = TLanes.All(constant);
        for (nuint i = 0; i < (nuint)length; i += (nuint)TLanes.Count)
            TMap.Of<TLanes, T>(TLanes.Load(in x, i), TLanes.Load(in y, i), a).Store(ref output, i);
    }
}
