using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Linear;

/// <summary>The micro-kernel: a tile of six rows of C, one or two vectors wide, summed over a block of k in registers.</summary>
/// <remarks>
/// <para>Twelve sums, two vectors of B and one broadcast of A fit the 16 registers of AVX2 and are enough chains to keep the two
/// multipliers of a core busy (latency 4 × 2). Twelve rows in the 32 registers of AVX-512 were no faster.</para>
/// <para>Four steps along k make a turn where A and B lie as they mostly do, with every address known but for one register: three instructions a step fewer,
/// which is 5 to 8 % where another thread on the core takes half of its decoders.</para>
/// </remarks>
internal static class GemmTile<TRows, TStrip, TSimd, TVector, T>
    where TRows : struct, IPanelRows
    where TStrip : struct, IStrip
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StepsPerTurn = 4;

    /// <summary>Updates the six rows of C that start at <paramref name="c"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(in TilePanels<T> panels, in TileScale<T> scale, ref T c, nint stride)
    {
        TileLine<TRows, TStrip, TSimd, TVector, T> r0 = new(ref panels.Row(0)), r1 = new(ref panels.Row(1)), r2 = new(ref panels.Row(2));
        TileLine<TRows, TStrip, TSimd, TVector, T> r3 = new(ref panels.Row(3)), r4 = new(ref panels.Row(4)), r5 = new(ref panels.Row(5));
        ref T b = ref panels.B;
        Prefetch(ref c, stride);
        nint l = 0;
        nint end = panels.Depth * panels.RowStep;
        int lanes = TSimd.Lanes;   // read once: calls too many to inline would stay calls
        int width = TStrip.Vectors * lanes;
        if (panels.RowStep == TRows.Step && panels.StripStep == width)
        {
            int turn = StepsPerTurn * TRows.Step;
            for (; l <= end - turn; l += turn)
            {
                Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, l, 0, ref b, 0, lanes);
                Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, l, 1, ref b, width, lanes);
                Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, l, 2, ref b, 2 * width, lanes);
                Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, l, 3, ref b, 3 * width, lanes);
                b = ref Unsafe.Add(ref b, StepsPerTurn * width);
            }
        }

        nint rowStep = panels.RowStep;
        nint stripStep = panels.StripStep;
        for (; l != end; l += rowStep)
        {
            Step(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, l, 0, ref b, 0, lanes);
            b = ref Unsafe.Add(ref b, stripStep);
        }

        var wide = new TileScale<TVector>(TSimd.Broadcast(scale.Alpha), TSimd.Broadcast(scale.Beta), scale.Overwrites);
        r0.Sums.Finish(wide, ref c, 0);
        r1.Sums.Finish(wide, ref c, stride);
        r2.Sums.Finish(wide, ref c, 2 * stride);
        r3.Sums.Finish(wide, ref c, 3 * stride);
        r4.Sums.Finish(wide, ref c, 4 * stride);
        r5.Sums.Finish(wide, ref c, 5 * stride);
    }

    /// <summary>One step along k: <paramref name="steps"/> after element <paramref name="l"/> of the rows, at element <paramref name="j"/> of the strip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r0,
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r1,
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r2,
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r3,
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r4,
        ref TileLine<TRows, TStrip, TSimd, TVector, T> r5,
        nint l,
        int steps,
        ref T b,
        int j,
        int lanes)
    {
        TVector left = TSimd.Load(ref b, j);
        TVector right = TStrip.Vectors == 2 ? TSimd.Load(ref b, j + lanes) : left;
        r0.Add(l, steps, left, right);
        r1.Add(l, steps, left, right);
        r2.Add(l, steps, left, right);
        r3.Add(l, steps, left, right);
        r4.Add(l, steps, left, right);
        r5.Add(l, steps, left, right);
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
}
