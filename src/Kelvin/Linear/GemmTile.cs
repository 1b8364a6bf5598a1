using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>The micro-kernel: a tile of six rows of C, one or two vectors wide, summed over a block of k in registers.</summary>
/// <remarks>
/// Twelve sums, two vectors of B and one broadcast of A fit the 16 registers of AVX2 and are enough chains to keep the two
/// multipliers of a core busy (latency 4 × 2). Twelve rows in the 32 registers of AVX-512 were no faster.
/// </remarks>
internal static class GemmTile<TStrip, TSimd, TVector, T>
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates the six rows of C that start at <paramref name="c"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in TilePanels<T> panels, in TileScale<T> scale, ref T c, nint stride)
    {
        TileRow<TStrip, TSimd, TVector, T> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
        ref T a0 = ref panels.A;
        ref T a1 = ref Row(panels, 1);
        ref T a2 = ref Row(panels, 2);
        ref T a3 = ref Row(panels, 3);
        ref T a4 = ref Row(panels, 4);
        ref T a5 = ref Row(panels, 5);
        ref T b = ref panels.B;
        Prefetch(ref c, stride);
        nint step = panels.RowStep;
        nint stripStep = panels.StripStep;
        nint end = panels.Depth * step;
        for (nint l = 0; l != end; l += step)
        {
            TVector left = TSimd.Load(ref b, 0);
            TVector right = TStrip.Vectors == 2 ? TSimd.Load(ref b, TSimd.Lanes) : left;
            r0.Add(Unsafe.Add(ref a0, l), left, right);
            r1.Add(Unsafe.Add(ref a1, l), left, right);
            r2.Add(Unsafe.Add(ref a2, l), left, right);
            r3.Add(Unsafe.Add(ref a3, l), left, right);
            r4.Add(Unsafe.Add(ref a4, l), left, right);
            r5.Add(Unsafe.Add(ref a5, l), left, right);
            b = ref Unsafe.Add(ref b, stripStep);
        }

        var wide = new TileScale<TVector>(TSimd.Broadcast(scale.Alpha), TSimd.Broadcast(scale.Beta), scale.Overwrites);
        r0.Finish(wide, ref c, 0);
        r1.Finish(wide, ref c, stride);
        r2.Finish(wide, ref c, 2 * stride);
        r3.Finish(wide, ref c, 3 * stride);
        r4.Finish(wide, ref c, 4 * stride);
        r5.Finish(wide, ref c, 5 * stride);
    }

    /// <summary>Asks for the tile of C before the sums begin, so that it is there when they end: 10 % at 1024³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(ref T c, nint stride)
    {
        for (int i = 0; i < 6; i++)
        {
            ref T row = ref Unsafe.Add(ref c, i * stride);
            CacheHint.Soon(ref row);
            CacheHint.Soon(ref Unsafe.Add(ref row, TSimd.Lanes));
            CacheHint.Soon(ref Unsafe.Add(ref row, (TStrip.Vectors * TSimd.Lanes) - 1));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Row(in TilePanels<T> panels, int row) =>
        ref Unsafe.Add(ref panels.A, Math.Min(row, panels.Rows - 1) * panels.RowStride);
}
