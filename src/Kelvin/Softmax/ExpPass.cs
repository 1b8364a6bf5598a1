using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The one loop that maps z to e = exp((z − M)/T) and sums as it goes.</summary>
internal static unsafe class ExpPass<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements by which a row is handled: what is left over is padded.</summary>
    public static int Group => 4 * TLanes.Count;

    /// <summary>Elements handled by one step: four vectors or, where so many would not fit the registers, two.</summary>
    public static int Stride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (TLanes.AreFew ? 2 : 4) * TLanes.Count;
    }

    /// <summary>Handles a block of any length; the entry at <paramref name="leftOut"/>, if the mode says so and the block reaches there, adds nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int leftOut, in RowScale<T> scale, T centre, out RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        int whole = z.Length - (z.Length % Group);
        if (whole == z.Length)
        {
            Whole<TMode>(z, e, leftOut, in scale, centre, out sums);
            return;
        }

        sums = default;
        if (whole > 0)
            Whole<TMode>(z[..whole], e, leftOut, in scale, centre, out sums);
        Rest<TMode>(z[whole..], TMode.Stores ? e[whole..] : e, leftOut - whole, in scale, centre, ref sums);
    }

    /// <summary>Fewer than a group: padded with −∞, which adds nothing.</summary>
    private static void Rest<TMode>(
        ReadOnlySpan<T> z, Span<T> e, int leftOut, in RowScale<T> scale, T centre, ref RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        Span<T> padded = stackalloc T[Group];
        padded[z.Length..].Fill(T.NegativeInfinity);
        z.CopyTo(padded);
        Groups<TMode, ShiftedExp<TLanes, T>>(padded, padded, leftOut, in scale, centre, out RowSums<T> rest);
        sums.Add(in rest);
        if (TMode.Stores)
            padded[..z.Length].CopyTo(e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Whole<TMode>(ReadOnlySpan<T> z, Span<T> e, int leftOut, in RowScale<T> scale, T centre, out RowSums<T> sums)
        where TMode : struct, IRowMode
    {
        if (TLanes.HasPowers && scale.IsNarrow)
            Groups<TMode, NarrowExp<TLanes, T>>(z, e, leftOut, in scale, centre, out sums);
        else if (TLanes.HasPowersOfBits && scale.IsNarrow)
            Groups<TMode, NormalExp<TLanes, T>>(z, e, leftOut, in scale, centre, out sums);
        else
            Groups<TMode, ShiftedExp<TLanes, T>>(z, e, leftOut, in scale, centre, out sums);
    }

    // Optimised from the first call on: unoptimised, a loop over vectors is fifty times slower. Inlined, it would use up what may be inlined into it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void Groups<TMode, TExp>(ReadOnlySpan<T> logits, Span<T> exps, int leftOut, in RowScale<T> scale, T middle, out RowSums<T> total)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        int stride = Stride;
        T* copy = stackalloc T[stride];
        fixed (T* first = logits, exp0 = exps)
        {
            TExp exp = TExp.Of(in scale);
            Detour<TLanes, T> detour = TMode.LeavesOutMax ? new(first, logits.Length, stride, leftOut, TExp.LeftOut(in scale), copy) : default;
            nint toExps = (nint)exp0 - (nint)first;
            bool isCentred = middle != T.Zero;
            TLanes centre = TLanes.All(middle);
            TLanes sum = default, weighted = default, deviations0 = default, deviations1 = default, squares0 = default, squares1 = default;
            for (T* z = first, end = first + logits.Length; z < end; z += stride)
            {
                Step<TMode, TExp>(
                    TMode.LeavesOutMax ? detour.At(z) : z, (T*)((nint)z + toExps), exp, centre, isCentred, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
            }

            Unsafe.SkipInit(out total);
            total.Set(TLanes.Sums(sum, weighted, deviations0 + deviations1, squares0 + squares1), scale.Units);
        }
    }

    /// <summary>One bit an entry of a group, the first lowest: whether it is equal to the maximum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(TLanes z0, TLanes z1, TLanes z2, TLanes z3, TLanes max) =>
        TLanes.EqualBits(z0, max)
        | (TLanes.EqualBits(z1, max) << TLanes.Count)
        | (TLanes.EqualBits(z2, max) << (2 * TLanes.Count))
        | (TLanes.EqualBits(z3, max) << (3 * TLanes.Count));

    /// <summary>Takes a few vectors of z to e, writes them and adds them up: Σ e, Σ e (x − c), Σ e (x − c)², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<TMode, TExp>(
        T* z,
        T* e,
        TExp exp,
        TLanes centre,
        bool isCentred,
        ref TLanes sum,
        ref TLanes weighted,
        ref TLanes deviations0,
        ref TLanes deviations1,
        ref TLanes squares0,
        ref TLanes squares1)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        nuint lanes = (nuint)TLanes.Count;
        if (TLanes.AreFew)
        {
            Pair<TMode, TExp>(z, e, exp, centre, isCentred, ref sum, ref weighted, ref deviations0, ref squares0);
            return;
        }

        TLanes e0 = TLanes.Load(in *z, 0), e1 = TLanes.Load(in *z, lanes), e2 = TLanes.Load(in *z, 2 * lanes), e3 = TLanes.Load(in *z, 3 * lanes);
        exp.Map(ref e0, ref e1, ref e2, ref e3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3);
        if (TMode.Stores)
        {
            e0.Store(ref *e, 0);
            e1.Store(ref *e, lanes);
            e2.Store(ref *e, 2 * lanes);
            e3.Store(ref *e, 3 * lanes);
        }

        if (TMode.HasMoments && isCentred)
        {
            x0 -= centre;
            x1 -= centre;
            x2 -= centre;
            x3 -= centre;
        }

        AddUp<TMode>(e0, e1, e2, e3, x0, x1, x2, x3, ref sum, ref weighted, ref deviations0, ref deviations1, ref squares0, ref squares1);
    }

    /// <summary>Two vectors from z to the sums, where four would not fit the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TMode, TExp>(
        T* z, T* e, TExp exp, TLanes centre, bool isCentred, ref TLanes sum, ref TLanes weighted, ref TLanes deviations, ref TLanes squares)
        where TMode : struct, IRowMode
        where TExp : struct, IRowExp<TExp, TLanes, T>
    {
        TLanes e0 = TLanes.Load(in *z, 0), e1 = TLanes.Load(in *z, (nuint)TLanes.Count);
        exp.Map(ref e0, ref e1, out TLanes x0, out TLanes x1);
        if (TMode.Stores)
        {
            e0.Store(ref *e, 0);
            e1.Store(ref *e, (nuint)TLanes.Count);
        }

        if (TMode.HasMoments && isCentred)
        {
            x0 -= centre;
            x1 -= centre;
        }

        AddUp<TMode>(e0, e1, x0, x1, ref sum, ref weighted, ref deviations, ref squares);
    }

    /// <summary>Adds up two vectors of e at x: Σ e, Σ e x, Σ e x², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUp<TMode>(TLanes e0, TLanes e1, TLanes x0, TLanes x1, ref TLanes sum, ref TLanes weighted, ref TLanes deviations, ref TLanes squares)
        where TMode : struct, IRowMode
    {
        if (TMode.HasMoments)
        {
            // The products first: an operand that is still to be read after them is not overwritten, and a sum stays in its register.
            TLanes m0 = e0 * x0, m1 = e1 * x1;
            deviations = TLanes.MultiplyAdd(m0, x0, TLanes.MultiplyAdd(m1, x1, deviations));
            squares = TLanes.MultiplyAdd(e0, e0, TLanes.MultiplyAdd(e1, e1, squares));
            weighted += m0 + m1;
        }

        sum += e0 + e1;
    }

    /// <summary>Adds up four vectors of e at x: Σ e, Σ e x, Σ e x², Σ e².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddUp<TMode>(
        TLanes e0,
        TLanes e1,
        TLanes e2,
        TLanes e3,
        TLanes x0,
        TLanes x1,
        TLanes x2,
        TLanes x3,
        ref TLanes sum,
        ref TLanes weighted,
        ref TLanes deviations0,
        ref TLanes deviations1,
        ref TLanes squares0,
        ref TLanes squares1)
        where TMode : struct, IRowMode
    {
        if (TMode.HasMoments)
        {
            TLanes m0 = e0 * x0, m1 = e1 * x1, m2 = e2 * x2, m3 = e3 * x3;
            deviations0 = TLanes.MultiplyAdd(m0, x0, TLanes.MultiplyAdd(m1, x1, deviations0));
            deviations1 = TLanes.MultiplyAdd(m2, x2, TLanes.MultiplyAdd(m3, x3, deviations1));
            squares0 = TLanes.MultiplyAdd(e0, e0, TLanes.MultiplyAdd(e1, e1, squares0));
            squares1 = TLanes.MultiplyAdd(e2, e2, TLanes.MultiplyAdd(e3, e3, squares1));
            weighted += (m0 + m1) + (m2 + m3);
        }

        sum += (e0 + e1) + (e2 + e3);
    }
}
