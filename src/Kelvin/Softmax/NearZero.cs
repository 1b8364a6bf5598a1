using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>log(1 + x) and exp(x) − 1 without the cancellation near 0, which .NET's LogP1 and ExpM1 do not avoid; no calls inside.</summary>
internal static class NearZero
{
    private const double Ln2High = 0.693147180369123816490;   // 33 bits: its product with an exponent is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const long HalfOfRootTwo = 0x3fe6a09e667f3bcc;

    /// <summary>log(1 + x), x ≥ 0 or NaN; relative error ≤ 2·2⁻⁵³.</summary>
    /// <remarks>1 + x = 2ᵏ(1 + f), √½ ≤ 1 + f &lt; √2; log(1 + f) = 2 artanh(r), r = f/(2 + f), |r| &lt; 0.172, by its power series.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogOnePlus(double x)
    {
        double w = 1 + x;
        if (!double.IsFinite(w))
            return w;

        double lost = (x < 1 ? x - (w - 1) : 1 - (w - x)) / w;
        long bits = BitConverter.DoubleToInt64Bits(w) - HalfOfRootTwo;
        double k = bits >> 52;
        double f = BitConverter.Int64BitsToDouble((bits & 0x000f_ffff_ffff_ffff) + HalfOfRootTwo) - 1;
        double r = f / (2 + f);
        double z = r * r;
        double z2 = z * z;
        double even = (1.0 / 3) + (z2 * ((1.0 / 7) + (z2 * ((1.0 / 11) + (z2 * ((1.0 / 15) + (z2 * (1.0 / 19))))))));
        double odd = (1.0 / 5) + (z2 * ((1.0 / 9) + (z2 * ((1.0 / 13) + (z2 * ((1.0 / 17) + (z2 * (1.0 / 21))))))));
        double series = 2 * z * (even + (z * odd));
        return (k * Ln2High) + (f - (r * (f - series)) + ((k * Ln2Low) + lost));
    }

    /// <summary>exp(x) − 1 for two numbers at once, x ≤ 700; −∞ gives −1. Relative error ≤ 3·2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double First, double Second) ExpMinusOne(double first, double second)
    {
        Vector128<double> both = ShiftedExp<Lanes128<double>, double>.ExpMinusOne(new(Vector128.Create(first, second))).Value;
        return (both[0], both[1]);
    }
}
