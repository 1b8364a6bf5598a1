using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>The Gaussian error linear unit u·Φ(u), u = z/T, with the exact normal distribution function Φ.</summary>
/// <remarks>
/// <para>h = max(u, 0) − |u|·Φ(−|u|), slope = Φ(u) + u φ(u): nothing cancels on the negative side. u = −∞ gives h = 0 and slope 0, NaN gives NaN.</para>
/// <para>Accuracy: relative error of h ≤ 14u (u = 2⁻²⁴ in float, 2⁻⁵³ in double) while |h| is above 100 times the smallest normal number, T = 1 and multiply-add is fused; the
/// slope's error is ≤ 14u·max(1, |u|).</para>
/// <para>Source: Hendrycks and Gimpel, arXiv 1606.08415.</para>
/// </remarks>
internal static class Gelu
{
    /// <summary>h = u Φ(u); h may be z.</summary>
    public static void Forward<T>(ReadOnlySpan<T> z, T inverseTemperature, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Unit, T>(z, z, h, inverseTemperature);

    /// <summary>dZ = g (Φ(u) + u φ(u))/T; dZ may be g.</summary>
    public static void Backward<T>(ReadOnlySpan<T> z, T inverseTemperature, ReadOnlySpan<T> g, Span<T> dZ)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Slope, T>(z, g, dZ, inverseTemperature);

    /// <summary>u Φ(u), u = a x.</summary>
    internal readonly struct Unit : IElementMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes zero = TLanes.All(0.0), reach = TLanes.All(NormalTail.Reach<T>());
            TLanes u = x * a;
            TLanes size = TLanes.Min(reach, TLanes.Max(zero - u, u));
            TLanes below = NormalTail.Bell<TLanes, T>(size) * NormalTail.Scaled<TLanes, T>(size);
            return TLanes.Max(zero, u) - (size * below);
        }
    }

    /// <summary>y a (Φ(u) + u φ(u)), u = a x.</summary>
    internal readonly struct Slope : IElementMap
    {
        private const double InverseRootTwoPi = 0.3989422804014326779;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes zero = TLanes.All(0.0), one = TLanes.All(1.0), reach = TLanes.All(NormalTail.Reach<T>());
            TLanes u = TLanes.Max(zero - reach, TLanes.Min(reach, x * a));
            TLanes size = TLanes.Max(zero - u, u);
            TLanes bell = NormalTail.Bell<TLanes, T>(size);
            TLanes below = bell * NormalTail.Scaled<TLanes, T>(size);
            TLanes density = bell * TLanes.All(InverseRootTwoPi);
            TLanes above = TLanes.WhereEqual(TLanes.Max(zero, u), zero, zero, one - (below + below));   // turns Φ(−|u|) into Φ(u) where u > 0
            return y * a * (TLanes.MultiplyAdd(u, density, below) + above);
        }
    }
}
