using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>The operator exp((z − M)/T) = 2^y with y = (z − M)·β, β = log₂e/T; at most 1, so it cannot overflow.</summary>
/// <remarks>
/// <para>2^y = 2ⁿ·2^−g with n = ⌊y⌉ and g = n − y in [−½, ½]. 2^−g is a polynomial (<see cref="Exp2Polynomial"/>).</para>
/// <para>Relative error ≤ (2R + 4)·2⁻²⁴ in float, (R + 4)·2⁻⁵³ in double, R = (M − z)/T, while the result is a normal number; below,
/// rounded once more.</para>
/// </remarks>
internal readonly unsafe struct ShiftedExp<TLanes, T> : IRowExp<ShiftedExp<TLanes, T>, TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TLanes _max;
    private readonly TLanes _beta;
    private readonly TLanes _minusBeta;
    private readonly TLanes _minusLow;
    private readonly TLanes _lowest;
    private readonly float* _operands;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShiftedExp(in RowScale<T> scale)
        : this(TLanes.All(scale.Max), in scale)
    {
    }

    /// <summary>A maximum of its own for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShiftedExp(TLanes max, in RowScale<T> scale)
    {
        _max = max;
        _beta = TLanes.All(scale.BetaHigh);
        _minusBeta = TLanes.All(-scale.BetaHigh);
        _minusLow = TLanes.All(-scale.BetaLow);
        _lowest = TLanes.All(scale.Lowest);
        _operands = scale.Operands;
    }

    public TLanes Max
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _max;
    }

    /// <summary>Whether the rounding error of β is put back. In float it may take the place of that of y, which a fused n − xβ leaves out.</summary>
    private static bool IsCompensated
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) != typeof(float) || !(Fma.IsSupported || AdvSimd.IsSupported);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LeftOut(in RowScale<T> scale) => T.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShiftedExp<TLanes, T> Of(in RowScale<T> scale) => new(in scale);

    /// <summary>z − M, no lower than what counts as −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Distance(TLanes z) => TLanes.Max(_lowest, z - _max);

    /// <summary>Turns four z into 2^y, and gives their distances. z = −∞ gives 0 and a finite distance; NaN gives NaN twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(
        ref TLanes z0, ref TLanes z1, ref TLanes z2, ref TLanes z3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3)
    {
        (x0, x1, x2, x3) = (Distance(z0), Distance(z1), Distance(z2), Distance(z3));
        (z0, z1, z2, z3) = (x0, x1, x2, x3);
        MapDistances(ref z0, ref z1, ref z2, ref z3, out _, out _, out _, out _);
    }

    /// <summary>Turns four <see cref="Distance"/>s into 2^y, and gives y to working precision.</summary>
    /// <remarks>Stage by stage: the machine looks ahead over few operations that wait, and beside each of these stand three that do not.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MapDistances(
        ref TLanes x0, ref TLanes x1, ref TLanes x2, ref TLanes x3, out TLanes y0, out TLanes y1, out TLanes y2, out TLanes y3)
    {
        y0 = x0 * _beta;
        y1 = x1 * _beta;
        y2 = x2 * _beta;
        y3 = x3 * _beta;
        TLanes n0 = TLanes.Round(y0), n1 = TLanes.Round(y1), n2 = TLanes.Round(y2), n3 = TLanes.Round(y3);
        TLanes g0 = TLanes.MultiplyAdd(x0, _minusBeta, n0);
        TLanes g1 = TLanes.MultiplyAdd(x1, _minusBeta, n1);
        TLanes g2 = TLanes.MultiplyAdd(x2, _minusBeta, n2);
        TLanes g3 = TLanes.MultiplyAdd(x3, _minusBeta, n3);
        if (IsCompensated)
        {
            g0 = TLanes.MultiplyAdd(x0, _minusLow, g0);
            g1 = TLanes.MultiplyAdd(x1, _minusLow, g1);
            g2 = TLanes.MultiplyAdd(x2, _minusLow, g2);
            g3 = TLanes.MultiplyAdd(x3, _minusLow, g3);
        }

        Exp2Polynomial.OfMinusInRow<TLanes, T>(ref g0, ref g1, ref g2, ref g3);
        x0 = TLanes.Scale(g0, n0);
        x1 = TLanes.Scale(g1, n1);
        x2 = TLanes.Scale(g2, n2);
        x3 = TLanes.Scale(g3, n3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Map(ref TLanes z0, ref TLanes z1, out TLanes x0, out TLanes x1)
    {
        x0 = Distance(z0);
        x1 = Distance(z1);
        TLanes n0 = TLanes.Round(x0 * _beta), n1 = TLanes.Round(x1 * _beta);
        TLanes g0 = TLanes.MultiplyAdd(x0, _minusBeta, n0), g1 = TLanes.MultiplyAdd(x1, _minusBeta, n1);
        if (IsCompensated)
        {
            g0 = TLanes.MultiplyAdd(x0, _minusLow, g0);
            g1 = TLanes.MultiplyAdd(x1, _minusLow, g1);
        }

        Exp2Polynomial.OfMinusInRow<TLanes, T>(_operands, g0, g1, out TLanes power0, out TLanes power1);
        z0 = TLanes.Scale(power0, n0);
        z1 = TLanes.Scale(power1, n1);
    }

    /// <summary>exp(x) for any x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp(TLanes x)
    {
        TLanes g = Reduce(x, out TLanes n);
        return TLanes.Scale(Exp2Polynomial.OfMinus<TLanes, T>(g), n);
    }

    /// <summary>exp(x) − 1 = 2ⁿ(2^−g − 1) + (2ⁿ − 1); the second part is 0 near x = 0, so nothing cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOne(TLanes x)
    {
        TLanes g = Reduce(x, out TLanes n);
        TLanes one = TLanes.All(1.0);
        return TLanes.Scale(g * Exp2Polynomial.Slope<TLanes, T>(g), n) + (TLanes.Scale(one, n) - one);
    }

    /// <summary>n = ⌊x log₂e⌉ and g = (n ln 2 − x) log₂e; ln 2 in two parts, the first so short that its product with n is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Reduce(TLanes x, out TLanes n)
    {
        bool isSingle = typeof(T) == typeof(float);
        x = TLanes.Max(TLanes.All(isSingle ? -106.0 : -750.0), TLanes.Min(TLanes.All(isSingle ? 90.0 : 711.0), x));
        TLanes log2E = TLanes.All(RowScale<T>.Log2E);
        n = TLanes.Round(x * log2E);
        TLanes r = (n * TLanes.All(isSingle ? 0.693359375 : 0.693147180369123816490)) - x;
        r = TLanes.MultiplyAdd(n, TLanes.All(isSingle ? -2.12194440054690583e-4 : 1.90821492927058770002e-10), r);
        return r * log2E;
    }
}
