using System.Numerics;
using System.Runtime.InteropServices;

namespace Kelvin.Networks;

/// <summary>The slope of max(0, z/T).</summary>
internal static class Relu
{
    /// <summary>g ← g·[z > 0]/T, in place; slope 0 at z = 0.</summary>
    public static void Backward<T>(ReadOnlySpan<T> z, T inverseTemperature, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<Vector<T>> wideZ = MemoryMarshal.Cast<T, Vector<T>>(z);
        Span<Vector<T>> wideGradient = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        for (int i = 0; i < wideZ.Length; i++)
        {
            wideGradient[i] = Vector.ConditionalSelect(
                Vector.GreaterThan(wideZ[i], Vector<T>.Zero), wideGradient[i] * inverseTemperature, Vector<T>.Zero);
        }

        for (int i = wideZ.Length * Vector<T>.Count; i < z.Length; i++)
            gradient[i] = z[i] > T.Zero ? gradient[i] * inverseTemperature : T.Zero;
    }
}
