using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>log(1 + x) and exp(x) − 1 without the cancellation near 0, which .NET's LogP1 and ExpM1 do not avoid; eight at a time, no calls inside.</summary>
internal static class NearZero
{
    private const double Ln2High = 0.693147180369123816490;   // 33 bits: its product with an exponent is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long RootHalf = 0x3fe6a09e667f3bcc;
    private const long TwoTo52 = 0x4330000000000000;

    /// <summary>log(1 + x), x ≥ 0 or NaN.</summary>
    public static double LogOnePlus(double x) => LogOnePlus(Vector512.Create(x))[0];

    /// <summary>log(1 + x), x ≥ 0 or NaN; relative error ≤ 2·2⁻⁵³.</summary>
    /// <remarks>1 + x = 2ᵏ(1 + f), √½ ≤ 1 + f &lt; √2; log(1 + f) = 2 artanh(r), r = f/(2 + f), |r| &lt; 0.172, by its power series.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LogOnePlus(Vector512<double> x)
    {
        Vector512<double> w = Vector512<double>.One + x;
        return LogOnePlus(x, w, Vector512<double>.One / w);
    }

    /// <summary>The same where w = 1 + x and 1/w are at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LogOnePlus(Vector512<double> x, Vector512<double> w, Vector512<double> inverse)
    {
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> lost = Vector512.ConditionalSelect(Vector512.LessThan(x, one), x - (w - one), one - (w - x)) * inverse;
        Vector512<long> bits = w.AsInt64() - Vector512.Create(RootHalf);
        Vector512<double> twoTo52 = Vector512.Create(TwoTo52).AsDouble();
        Vector512<double> k = (Vector512.ShiftRightLogical(bits, 52) | twoTo52.AsInt64()).AsDouble() - twoTo52;
        Vector512<double> f = ((bits & Vector512.Create(0x000f_ffff_ffff_ffff)) + Vector512.Create(RootHalf)).AsDouble() - one;
        Vector512<double> r = f / (f + (one + one));
        Vector512<double> z = r * r;
        Vector512<double> z2 = z * z;
        Vector512<double> even = Series(z2, 1.0 / 3, 1.0 / 7, 1.0 / 11, 1.0 / 15, 1.0 / 19);
        Vector512<double> odd = Series(z2, 1.0 / 5, 1.0 / 9, 1.0 / 13, 1.0 / 17, 1.0 / 21);
        Vector512<double> series = (z + z) * Vector512.MultiplyAddEstimate(z, odd, even);
        Vector512<double> small = Vector512.MultiplyAddEstimate(k, Vector512.Create(Ln2Low), lost);
        Vector512<double> log = (k * Ln2High) + (f - (r * (f - series)) + small);
        return Vector512.ConditionalSelect(Vector512.LessThan(w, Vector512.Create(double.PositiveInfinity)), log, w);   // NaN and ∞ as they are
    }

    /// <summary>exp(x) − 1, x ≤ 700; −∞ gives −1. Relative error ≤ 4·2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ExpMinusOne(Vector512<double> x) => ShiftedExp<Lanes512<double>, double>.ExpMinusOne(new(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Series(Vector512<double> z, double a, double b, double c, double d, double e)
    {
        Vector512<double> sum = Vector512.MultiplyAddEstimate(z, Vector512.Create(e), Vector512.Create(d));
        sum = Vector512.MultiplyAddEstimate(z, sum, Vector512.Create(c));
        sum = Vector512.MultiplyAddEstimate(z, sum, Vector512.Create(b));
        return Vector512.MultiplyAddEstimate(z, sum, Vector512.Create(a));
    }
}
