using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>The sigmoid linear unit x·σ(x).</summary>
/// <remarks>
/// <para>x = −∞ gives 0 and slope 0; NaN gives NaN.</para>
/// <para>Accuracy: relative error of x σ(x) ≤ (8 + 2|x|)u while |x σ(x)| is above 100 times the smallest normal number; the slope's error is ≤ 8u·max(1, |x|), and never above 24u.</para>
/// <para>Source: Elfwing, Uchibe and Doya, arXiv 1702.03118.</para>
/// </remarks>
internal static class Silu
{
    /// <summary>h = x σ(x); h may be x.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Unit, T>(x, x, h, T.One);

    /// <summary>dX = g·σ(1 + x(1 − σ)); dX may be either.</summary>
    public static void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Slope, T>(x, g, dX, T.One);

    /// <summary>x from which on e⁻ˣ would only overflow or vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Reach<T>() => typeof(T) == typeof(float) ? 110 : 760;

    /// <summary>x σ(x).</summary>
    internal readonly struct Unit : IElementMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes u = TLanes.Max(TLanes.All(-Reach<T>()), x);
            return u * Sigmoid.Of<TLanes, T>(u);
        }
    }

    /// <summary>y times the slope at x.</summary>
    internal readonly struct Slope : IElementMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes u = TLanes.Max(TLanes.All(-Reach<T>()), TLanes.Min(TLanes.All(Reach<T>()), x));
            TLanes sigmoid = Sigmoid.Of<TLanes, T>(u, out TLanes rest);
            return y * TLanes.MultiplyAdd(sigmoid * rest, u, sigmoid);
        }
    }
}
