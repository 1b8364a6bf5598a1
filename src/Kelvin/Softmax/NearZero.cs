using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>log(1 + x) and exp(x) − 1 without the cancellation near 0, which .NET's LogP1 and ExpM1 do not avoid; four at a time, no calls inside.</summary>
internal static class NearZero
{
    private const double Ln2High = 0.693147180369123816490;   // 33 bits: its product with an exponent is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long RootHalf = 0x3fe6a09e667f3bcc;
    private const long TwoTo52 = 0x4330000000000000;

    /// <summary>log(1 + x), x ≥ 0 or NaN.</summary>
    public static double LogOnePlus(double x) => LogOnePlus(Vector256.Create(x))[0];

    /// <summary>log(1 + x), x ≥ 0 or NaN; relative error ≤ 2·2⁻⁵³.</summary>
    /// <remarks>1 + x = 2ᵏ(1 + f), √½ ≤ 1 + f &lt; √2; log(1 + f) = 2 artanh(r), r = f/(2 + f), |r| &lt; 0.172, by its power series.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> LogOnePlus(Vector256<double> x)
    {
        Vector256<double> one = Vector256<double>.One;
        Vector256<double> w = one + x;
        Vector256<double> lost = Vector256.ConditionalSelect(Vector256.LessThan(x, one), x - (w - one), one - (w - x)) / w;
        Vector256<long> bits = w.AsInt64() - Vector256.Create(RootHalf);
        Vector256<double> twoTo52 = Vector256.Create(TwoTo52).AsDouble();
        Vector256<double> k = (Vector256.ShiftRightLogical(bits, 52) | twoTo52.AsInt64()).AsDouble() - twoTo52;
        Vector256<double> f = ((bits & Vector256.Create(0x000f_ffff_ffff_ffff)) + Vector256.Create(RootHalf)).AsDouble() - one;
        Vector256<double> r = f / (f + (one + one));
        Vector256<double> z = r * r;
        Vector256<double> z2 = z * z;
        Vector256<double> even = Series(z2, 1.0 / 3, 1.0 / 7, 1.0 / 11, 1.0 / 15, 1.0 / 19);
        Vector256<double> odd = Series(z2, 1.0 / 5, 1.0 / 9, 1.0 / 13, 1.0 / 17, 1.0 / 21);
        Vector256<double> series = (z + z) * (even + (z * odd));
        Vector256<double> log = (k * Ln2High) + (f - (r * (f - series)) + ((k * Ln2Low) + lost));
        return Vector256.ConditionalSelect(Vector256.LessThan(w, Vector256.Create(double.PositiveInfinity)), log, w);   // NaN and ∞ as they are
    }

    /// <summary>exp(x) − 1, x ≤ 700; −∞ gives −1. Relative error ≤ 4·2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ExpMinusOne(Vector256<double> x) => ShiftedExp<Lanes256<double>, double>.ExpMinusOne(new(x)).Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Series(Vector256<double> z, double a, double b, double c, double d, double e) =>
        Vector256.Create(a) + (z * (Vector256.Create(b) + (z * (Vector256.Create(c) + (z * (Vector256.Create(d) + (z * e)))))));
}
