using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The operator exp((z − M)/T) = 2^y with y = (z − M)·β, β = log₂e/T; at most 1, so it cannot overflow.</summary>
/// <remarks>
/// <para>2^y = 2ⁿ·2^−g with n = ⌊y⌉ and g = n − y in [−½, ½]; g gets the rounding error of β back. 2^−g is a polynomial
/// (<see cref="Exp2Polynomial"/>).</para>
/// <para>Relative error ≤ (2R + 4)·2⁻²⁴ in float, (R + 4)·2⁻⁵³ in double, R = (M − z)/T, while the result is a normal number; below,
/// rounded once more.</para>
/// </remarks>
internal readonly struct ShiftedExp<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TLanes _max;
    private readonly TLanes _beta;
    private readonly TLanes _minusBeta;
    private readonly TLanes _minusLow;
    private readonly TLanes _lowest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShiftedExp(in RowScale<T> scale)
    {
        _max = TLanes.All(scale.Max);
        _beta = TLanes.All(scale.BetaHigh);
        _minusBeta = TLanes.All(-scale.BetaHigh);
        _minusLow = TLanes.All(-scale.BetaLow);
        _lowest = TLanes.All(scale.Lowest);
    }

    /// <summary>2^y, and y itself to working precision. z = −∞ gives 0 and a finite y; NaN gives NaN twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Map(TLanes z, out TLanes y)
    {
        TLanes x = TLanes.Max(_lowest, z - _max);
        y = x * _beta;
        TLanes n = TLanes.Round(y);
        // In float, n − y keeps the multipliers free, for one more rounding; in double every half ulp of y would show.
        TLanes coarse = typeof(T) == typeof(float) ? n - y : TLanes.MultiplyAdd(x, _minusBeta, n);
        TLanes g = TLanes.MultiplyAdd(x, _minusLow, coarse);
        return TLanes.Scale(Exp2Polynomial.OfMinusInRow<TLanes, T>(g), n);
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
