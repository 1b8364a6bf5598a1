using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Rows that fit one group of vectors, several at a time: stage after stage over all of them, since within one short row each stage
/// waits for the one before.</summary>
internal static class ShortRows<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows at a time.</summary>
    public const int Batch = 4;

    /// <summary>Longest row.</summary>
    public static int Longest => ExpPass<TLanes, T>.Group;

    /// <summary>exp and all sums of up to <see cref="Batch"/> rows.</summary>
    /// <param name="logits">The rows, each padded with −∞ to <see cref="Longest"/>.</param>
    /// <param name="stride">Entries from row to row in <paramref name="logits"/>.</param>
    /// <param name="exps">e with 0 at the first maximum, <see cref="Longest"/> entries a row.</param>
    /// <param name="scale">The temperature.</param>
    /// <param name="rows">One result a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exp<TMode>(ReadOnlySpan<T> logits, int stride, Span<T> exps, in RowScale<T> scale, Span<ShortRow<T>> rows)
        where TMode : struct, IRowMode
    {
        nuint lanes = (nuint)TLanes.Count;
        for (int r = 0; r < rows.Length; r++)
        {
            ref readonly T z = ref logits[r * stride];
            TLanes z0 = TLanes.Load(in z, 0), z1 = TLanes.Load(in z, lanes), z2 = TLanes.Load(in z, 2 * lanes), z3 = TLanes.Load(in z, 3 * lanes);
            rows[r].Max = TLanes.Highest(TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3)));
        }

        for (int r = 0; r < rows.Length; r++)
            OneRow<TMode>(in logits[r * stride], ref exps[r * Longest], new ShiftedExp<TLanes, T>(scale.At(rows[r].Max)), ref rows[r]);
    }

    /// <summary>p = a e for one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(ref readonly T e, T factor, ref T p)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes a = TLanes.All(factor);
        (TLanes.Load(in e, 0) * a).Store(ref p, 0);
        (TLanes.Load(in e, lanes) * a).Store(ref p, lanes);
        (TLanes.Load(in e, 2 * lanes) * a).Store(ref p, 2 * lanes);
        (TLanes.Load(in e, 3 * lanes) * a).Store(ref p, 3 * lanes);
    }

    /// <summary>∂L/∂z = a p (g − ⟨p, g⟩) for one row, without going back to memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(ref readonly T p, ref readonly T g, T factor, ref T dZ)
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes p0 = TLanes.Load(in p, 0), p1 = TLanes.Load(in p, lanes), p2 = TLanes.Load(in p, 2 * lanes), p3 = TLanes.Load(in p, 3 * lanes);
        TLanes g0 = TLanes.Load(in g, 0), g1 = TLanes.Load(in g, lanes), g2 = TLanes.Load(in g, 2 * lanes), g3 = TLanes.Load(in g, 3 * lanes);
        TLanes products = TLanes.MultiplyAdd(p0, g0, p1 * g1) + TLanes.MultiplyAdd(p2, g2, p3 * g3);
        TLanes dot = TLanes.All(TLanes.Sum(products)), a = TLanes.All(factor);
        (p0 * a * (g0 - dot)).Store(ref dZ, 0);
        (p1 * a * (g1 - dot)).Store(ref dZ, lanes);
        (p2 * a * (g2 - dot)).Store(ref dZ, 2 * lanes);
        (p3 * a * (g3 - dot)).Store(ref dZ, 3 * lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneRow<TMode>(ref readonly T z, ref T e, ShiftedExp<TLanes, T> exp, ref ShortRow<T> row)
        where TMode : struct, IRowMode
    {
        nuint lanes = (nuint)TLanes.Count;
        TLanes z0 = TLanes.Load(in z, 0), z1 = TLanes.Load(in z, lanes), z2 = TLanes.Load(in z, 2 * lanes), z3 = TLanes.Load(in z, 3 * lanes);
        if (TMode.LeavesOutMax)
        {
            row.HasMasks = TLanes.AnyEqual(TLanes.Min(TLanes.Min(z0, z1), TLanes.Min(z2, z3)), TLanes.All(T.NegativeInfinity));
            ulong equal = ExpPass<TLanes, T>.EqualBits(z0, z1, z2, z3, TLanes.All(row.Max));
            row.Ties = BitOperations.PopCount(equal);
            row.ArgMax = BitOperations.TrailingZeroCount(equal);
            z0 = TLanes.Without(z0, row.ArgMax);
            z1 = TLanes.Without(z1, row.ArgMax - TLanes.Count);
            z2 = TLanes.Without(z2, row.ArgMax - (2 * TLanes.Count));
            z3 = TLanes.Without(z3, row.ArgMax - (3 * TLanes.Count));
            row.Second = TLanes.Highest(TLanes.Max(TLanes.Max(z0, z1), TLanes.Max(z2, z3)));
        }

        TLanes deviations = default, squares = default;
        TLanes e0 = ExpPass<TLanes, T>.Step<TMode>(z0, ref e, 0, exp, default, out TLanes m0, ref deviations, ref squares);
        TLanes e1 = ExpPass<TLanes, T>.Step<TMode>(z1, ref e, lanes, exp, default, out TLanes m1, ref deviations, ref squares);
        TLanes e2 = ExpPass<TLanes, T>.Step<TMode>(z2, ref e, 2 * lanes, exp, default, out TLanes m2, ref deviations, ref squares);
        TLanes e3 = ExpPass<TLanes, T>.Step<TMode>(z3, ref e, 3 * lanes, exp, default, out TLanes m3, ref deviations, ref squares);
        row.Sums = TLanes.Sums((e0 + e1) + (e2 + e3), (m0 + m1) + (m2 + m3), deviations, squares);
    }
}
