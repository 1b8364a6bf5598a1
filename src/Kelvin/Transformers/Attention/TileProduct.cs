using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>The micro-kernel of attention: six rows of C, one or two vectors wide, summed in registers.</summary>
/// <remarks>
/// That of GEMM, cut down for the short sums here: rows are a fixed distance apart, so that one pointer reaches all six and, with four steps to a turn, every number
/// of a turn; and C is always whole, aligned and near.
/// </remarks>
internal static class TileProduct<TLayout, TStrip, TSimd, TVector, T>
    where TLayout : struct, IRowLayout
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StepsPerTurn = 4;

    /// <summary>Sets C to A·B, or adds A·B to it.</summary>
    /// <param name="a">The first number of A's first row.</param>
    /// <param name="apart">The distance that the layout leaves open; 0 where it leaves none.</param>
    /// <param name="b">Vector l of B starts at l·(width of the strip).</param>
    /// <param name="depth">Products of a sum.</param>
    /// <param name="c">The first of six rows of C.</param>
    /// <param name="stride">Elements from one row of C to the next.</param>
    /// <param name="adds">Whether what C holds counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref T a, nint apart, ref T b, int depth, ref T c, nint stride, bool adds)
    {
        TileRow<TStrip, TSimd, TVector, T> r0 = default, r1 = default, r2 = default, r3 = default, r4 = default, r5 = default;
        int lanes = TSimd.Lanes;   // read once: calls too many to inline would stay calls
        int width = TStrip.Vectors * lanes;
        int step = TLayout.Step;
        int left = depth;
        for (; left >= StepsPerTurn; left -= StepsPerTurn)
        {
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref a, apart, 0, ref b, 0, lanes);
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref a, apart, 1, ref b, width, lanes);
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref a, apart, 2, ref b, 2 * width, lanes);
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref a, apart, 3, ref b, 3 * width, lanes);
            a = ref Unsafe.Add(ref a, StepsPerTurn * step);
            b = ref Unsafe.Add(ref b, StepsPerTurn * width);
        }

        for (; left > 0; left--)
        {
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref a, apart, 0, ref b, 0, lanes);
            a = ref Unsafe.Add(ref a, step);
            b = ref Unsafe.Add(ref b, width);
        }

        r0.Put(adds, ref c, 0);
        r1.Put(adds, ref c, stride);
        r2.Put(adds, ref c, 2 * stride);
        r3.Put(adds, ref c, 3 * stride);
        r4.Put(adds, ref c, 4 * stride);
        r5.Put(adds, ref c, 5 * stride);
    }

    /// <summary>One product of each sum: <paramref name="steps"/> steps on in A, at element <paramref name="j"/> of the strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        ref TileRow<TStrip, TSimd, TVector, T> r0,
        ref TileRow<TStrip, TSimd, TVector, T> r1,
        ref TileRow<TStrip, TSimd, TVector, T> r2,
        ref TileRow<TStrip, TSimd, TVector, T> r3,
        ref TileRow<TStrip, TSimd, TVector, T> r4,
        ref TileRow<TStrip, TSimd, TVector, T> r5,
        ref T a,
        nint apart,
        int steps,
        ref T b,
        int j,
        int lanes)
    {
        TVector left = TSimd.Load(ref b, j);
        TVector right = TStrip.Vectors == 2 ? TSimd.Load(ref b, j + lanes) : left;
        r0.Add(TLayout.At(ref a, apart, 0, steps), left, right);
        r1.Add(TLayout.At(ref a, apart, 1, steps), left, right);
        r2.Add(TLayout.At(ref a, apart, 2, steps), left, right);
        r3.Add(TLayout.At(ref a, apart, 3, steps), left, right);
        r4.Add(TLayout.At(ref a, apart, 4, steps), left, right);
        r5.Add(TLayout.At(ref a, apart, 5, steps), left, right);
    }
}
