using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Softmax;

namespace Kelvin.Networks;

/// <summary>σ(x) = 1/(1 + e⁻ˣ) and σ(x)·(1 − σ(x)), neither by subtraction.</summary>
internal static class Sigmoid
{
    /// <summary>Larger than any 1/σ that matters, and small enough not to overflow.</summary>
    private const double Ceiling = 1e30;

    /// <summary>σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes, T>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes one = TLanes.All(1.0);
        return one / (one + ShiftedExp<TLanes, T>.Exp(TLanes.All(0.0) - x));
    }

    /// <summary>σ(x), and 1 − σ(x) = e⁻ˣ σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes, T>(TLanes x, out TLanes rest)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TLanes one = TLanes.All(1.0);
        TLanes exp = ShiftedExp<TLanes, T>.Exp(TLanes.All(0.0) - x);
        TLanes sigmoid = one / (one + exp);
        rest = TLanes.Min(TLanes.All(Ceiling), exp) * sigmoid;
        return sigmoid;
    }
}
