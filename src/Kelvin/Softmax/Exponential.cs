using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>Loops around exp itself, without a row's maximum.</summary>
internal static class Exponential<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>yᵢ = exp(xᵢ); y may be x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exp(ReadOnlySpan<T> input, Span<T> output)
    {
        if (input.IsEmpty)
            return;

        ref readonly T x = ref input[0];
        ref T y = ref output[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)input.Length, i = 0;
        for (; i + lanes <= length; i += lanes)
            ShiftedExp<TLanes, T>.Exp(TLanes.Load(in x, i)).Store(ref y, i);
        for (; i < length; i++)
            ShiftedExp<Lanes1<T>, T>.Exp(new(input[(int)i])).Store(ref y, i);
    }

    /// <summary>∂L/∂z = a (g − exp(log p) Σg); 0 where log p = −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogBackward(ReadOnlySpan<T> logP, ReadOnlySpan<T> gradient, T sum, T factor, Span<T> output)
    {
        ref readonly T x = ref logP[0];
        ref readonly T g = ref gradient[0];
        ref T dZ = ref output[0];
        nuint lanes = (nuint)TLanes.Count, length = (nuint)logP.Length, i = 0;
        for (; i + lanes <= length; i += lanes)
            One<TLanes>(TLanes.Load(in x, i), TLanes.Load(in g, i), sum, factor).Store(ref dZ, i);
        for (; i < length; i++)
            One<Lanes1<T>>(new(logP[(int)i]), new(gradient[(int)i]), sum, factor).Store(ref dZ, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector One<TVector>(TVector logP, TVector g, T sum, T factor)
        where TVector : unmanaged, ILanes<TVector, T>
    {
        TVector p = ShiftedExp<TVector, T>.Exp(logP);
        TVector dZ = TVector.All(factor) * TVector.MultiplyAdd(p, TVector.All(-sum), g);
        return TVector.ZeroWhereEqual(logP, TVector.All(T.NegativeInfinity), dZ);
    }
}
