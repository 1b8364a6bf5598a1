using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The functions in use.</summary>
internal static class RowMaps
{
    /// <summary>a x.</summary>
    internal readonly struct Scale<T>(T factor) : IRowMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : unmanaged, ILanes<TLanes, T> => x * TLanes.All(factor);
    }

    /// <summary>a (x − b) + c.</summary>
    internal readonly struct Affine<T>(T factor, T from, T plus) : IRowMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : unmanaged, ILanes<TLanes, T> =>
            TLanes.MultiplyAdd(x - TLanes.All(from), TLanes.All(factor), TLanes.All(plus));
    }

    /// <summary>∂L/∂z = a p ((g − b) − D), a = 1/T, D = Σ p (g − b).</summary>
    internal readonly struct Backward<T>(T from, T dot, T factor) : IRowMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : unmanaged, ILanes<TLanes, T> => x * TLanes.All(factor) * (y - TLanes.All(from) - TLanes.All(dot));
    }

    /// <summary>∂L/∂z = a (g − exp(log p) Σg); 0 where log p = −∞.</summary>
    internal readonly struct LogBackward<T>(T sum, T factor) : IRowMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : unmanaged, ILanes<TLanes, T>
        {
            TLanes p = ShiftedExp<TLanes, T>.Exp(x);
            TLanes dZ = TLanes.All(factor) * TLanes.MultiplyAdd(p, TLanes.All(-sum), y);
            return TLanes.ZeroWhereEqual(x, TLanes.All(T.NegativeInfinity), dZ);
        }
    }

    /// <summary>exp(x).</summary>
    internal readonly struct Exp<T> : IRowMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Of<TLanes>(TLanes x, TLanes y)
            where TLanes : unmanaged, ILanes<TLanes, T> => ShiftedExp<TLanes, T>.Exp(x);
    }
}
