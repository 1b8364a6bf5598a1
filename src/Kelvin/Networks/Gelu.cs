using System.Numerics;
using MathNet.Numerics;

namespace Kelvin.Networks;

/// <summary>The Gaussian error linear unit u·Φ(u), u = z/T, with its slope.</summary>
/// <remarks>Source: Hendrycks and Gimpel, arXiv 1606.08415. Computed in double: relative error near 2⁻⁵², then rounded to T.</remarks>
internal static class Gelu
{
    private static readonly double InverseRootTwoPi = 1 / Math.Sqrt(2 * Math.PI);

    /// <summary>h = u Φ(u) and slope = (Φ(u) + u φ(u))/T; h = 0 and slope = 0 at u = −∞.</summary>
    public static void Forward<T>(ReadOnlySpan<T> z, T inverseTemperature, Span<T> h, Span<T> slopes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double inverse = double.CreateChecked(inverseTemperature);
        for (int i = 0; i < z.Length; i++)
        {
            double u = double.CreateChecked(z[i]) * inverse;
            double below = 0.5 * SpecialFunctions.Erfc(-u / Constants.Sqrt2);
            double density = InverseRootTwoPi * Math.Exp(-0.5 * u * u);
            h[i] = T.CreateTruncating(below == 0 ? 0 : u * below);
            slopes[i] = T.CreateTruncating((density == 0 ? below : below + (u * density)) * inverse);
        }
    }
}
