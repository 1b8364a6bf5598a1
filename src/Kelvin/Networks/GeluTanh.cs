using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>GPT-2's approximation of GELU, ½ x (1 + tanh v) = x σ(2v) with v = √(2/π) (x + 0.044715 x³); "gelu_new" in its configuration.</summary>
/// <remarks>
/// <para>x = −∞ gives 0 and slope 0; NaN gives NaN.</para>
/// <para>Accuracy: relative error of h ≤ (10 + 8·|2v|)u while |h| is above 100 times the smallest normal number; the slope's error is ≤ (8 + 6·|2v|)u·max(1, |x|), and never above 60u.</para>
/// <para>Source: Hendrycks and Gimpel, arXiv 1606.08415.</para>
/// </remarks>
internal static class GeluTanh
{
    private const double Twice = 1.5957691216057308;   // 2√(2/π)
    private const double Cubic = 0.044715;

    /// <summary>x beyond which h is 0 or x in float and double.</summary>
    private const double Reach = 40;

    /// <summary>h = x σ(2v); h may be x.</summary>
    public static void Forward<T>(ReadOnlySpan<T> x, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Unit, T>(x, x, h, T.One);

    /// <summary>dX = g (σ + x σ (1 − σ) 2v′); dX may be g.</summary>
    public static void Backward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> g, Span<T> dX)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ElementPass.Map<Slope, T>(x, g, dX, T.One);

    /// <summary>x σ(2v).</summary>
    internal readonly struct Unit : IElementMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
            where TLanes : unmanaged, ILanes<TLanes, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TLanes u = TLanes.Max(TLanes.All(-Reach), x);
            TLanes twice = u * TLanes.MultiplyAdd(u * u, TLanes.All(Twice * Cubic), TLanes.All(Twice));
            return u * Sigmoid.Of<TLanes, T>(twice);
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
            TLanes u = TLanes.Max(TLanes.All(-Reach), TLanes.Min(TLanes.All(Reach), x));
            TLanes square = u * u;
            TLanes twice = u * TLanes.MultiplyAdd(square, TLanes.All(Twice * Cubic), TLanes.All(Twice));
            TLanes rate = u * TLanes.MultiplyAdd(square, TLanes.All(3 * Twice * Cubic), TLanes.All(Twice));
            TLanes sigmoid = Sigmoid.Of<TLanes, T>(twice, out TLanes rest);
            return y * TLanes.MultiplyAdd(sigmoid * rest, rate, sigmoid);
        }
    }
}
