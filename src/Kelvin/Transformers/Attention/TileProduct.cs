using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The micro-kernel of attention: six rows of C, one or two vectors wide, summed in registers.</summary>
/// <remarks>
/// That of GEMM, cut down for the short sums here: rows are a fixed distance apart, so that one pointer reaches all six, and C is always whole, aligned and
/// near. At 64 products a sum GEMM's own takes a fifth longer.
/// </remarks>
internal static class TileProduct<TLayout, TStrip, TSimd, TVector, T>
    where TLayout : struct, IRowLayout
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sets C to A·B, or adds A·B to it.</summary>
    /// <param name="a">Element (i, l) of A is at i·RowStride + l·Step.</param>
    /// <param name="apart">The distance that the layout leaves open.</param>
    /// <param name="b">Vector l of B starts at l·(width of the strip).</param>
    /// <param name="depth">Products of a sum.</param>
    /// <param name="c">The first of six rows of C.</param>
    /// <param name="stride">Elements from one row of C to the next.</param>
    /// <param name="adds">Whether what C holds counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref T a, nint apart, ref T b, int depth, ref T c, nint stride, bool adds)
    {
        TileRow<TStrip, TSimd, TVector, T> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
        for (int l = 0; l < depth; l++)
        {
            TVector left = TSimd.Load(ref b, 0);
            TVector right = TStrip.Vectors == 2 ? TSimd.Load(ref b, TSimd.Lanes) : left;
            r0.Add(a, left, right);
            r1.Add(Unsafe.Add(ref a, TLayout.RowStride(apart)), left, right);
            r2.Add(Unsafe.Add(ref a, 2 * TLayout.RowStride(apart)), left, right);
            r3.Add(Unsafe.Add(ref a, 3 * TLayout.RowStride(apart)), left, right);
            r4.Add(Unsafe.Add(ref a, 4 * TLayout.RowStride(apart)), left, right);
            r5.Add(Unsafe.Add(ref a, 5 * TLayout.RowStride(apart)), left, right);
            a = ref Unsafe.Add(ref a, TLayout.Step(apart));
            b = ref Unsafe.Add(ref b, TStrip.Vectors * TSimd.Lanes);
        }

        r0.Put(adds, ref c, 0);
        r1.Put(adds, ref c, stride);
        r2.Put(adds, ref c, 2 * stride);
        r3.Put(adds, ref c, 3 * stride);
        r4.Put(adds, ref c, 4 * stride);
        r5.Put(adds, ref c, 5 * stride);
    }
}
