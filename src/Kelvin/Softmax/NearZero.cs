using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>log(1 + x) and exp(x) − 1 without the cancellation near 0, which .NET's LogP1 and ExpM1 do not avoid; no calls inside.</summary>
internal static class NearZero
{
    private const double Ln2High = 0.693147180369123816490;   // 33 bits: its product with an exponent is exact
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>log(1 + x), x ≥ 0 or NaN.</summary>
    public static double LogOnePlus(double x)
    {
        Lanes128<double> both = Lanes128<double>.All(x);
        Lanes128<double> w = Lanes128<double>.All(1.0) + both;
        return Lanes128<double>.Lowest(LogOnePlus(both, w, Lanes128<double>.All(1.0) / w));
    }

    /// <summary>log(1 + x), x ≥ 0 or NaN; relative error ≤ 2·2⁻⁵³.</summary>
    /// <remarks>1 + x = 2ᵏ(1 + f), √½ ≤ 1 + f &lt; √2; log(1 + f) = 2 artanh(r), r = f/(2 + f), |r| &lt; 0.172, by its power series.</remarks>
    /// <param name="x">x.</param>
    /// <param name="w">1 + x.</param>
    /// <param name="inverse">1/(1 + x).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogOnePlus<TLanes>(TLanes x, TLanes w, TLanes inverse)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes one = TLanes.All(1.0);
        TLanes lost = TLanes.WhereLess(x, one, x - (w - one), one - (w - x)) * inverse;
        TLanes k = TLanes.Exponent(w * TLanes.All(0.70710678118654752)) + one;
        TLanes f = TLanes.Scale(w, default(TLanes) - k) - one;
        TLanes r = f / (f + (one + one));
        TLanes z = r * r;
        TLanes z2 = z * z;
        TLanes even = Series(z2, 1.0 / 3, 1.0 / 7, 1.0 / 11, 1.0 / 15, 1.0 / 19);
        TLanes odd = Series(z2, 1.0 / 5, 1.0 / 9, 1.0 / 13, 1.0 / 17, 1.0 / 21);
        TLanes series = (z + z) * TLanes.MultiplyAdd(z, odd, even);
        TLanes small = TLanes.MultiplyAdd(k, TLanes.All(Ln2Low), lost);
        TLanes log = (k * TLanes.All(Ln2High)) + (f - (r * (f - series)) + small);
        return TLanes.WhereLess(w, TLanes.All(double.PositiveInfinity), log, w);   // NaN and ∞ as they are
    }

    /// <summary>exp(x) − 1, x ≤ 700; −∞ gives −1. Relative error ≤ 4·2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ExpMinusOne<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes, double> => ShiftedExp<TLanes, double>.ExpMinusOne(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Series<TLanes>(TLanes z, double a, double b, double c, double d, double e)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        TLanes sum = TLanes.MultiplyAdd(z, TLanes.All(e), TLanes.All(d));
        sum = TLanes.MultiplyAdd(z, sum, TLanes.All(c));
        sum = TLanes.MultiplyAdd(z, sum, TLanes.All(b));
        return TLanes.MultiplyAdd(z, sum, TLanes.All(a));
    }
}
