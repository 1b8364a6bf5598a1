using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>The functions in use.</summary>
internal static class RowMaps
{
    /// <summary>a x.</summary>
    internal readonly struct Scale<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) => x * a;
    }

    /// <summary>a (x − b) + c.</summary>
    internal readonly struct Affine<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) => TLanes.MultiplyAdd(x - b, a, c);
    }

    /// <summary>∂L/∂z = p (a g + b); a = 1/T, b = −D/T, D = Σ p g.</summary>
    internal readonly struct Backward<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) => x * TLanes.MultiplyAdd(y, a, b);
    }

    /// <summary>∂L/∂z = p (a (g − c) + b); a = 1/T, b = −D/T, D = Σ p (g − c).</summary>
    internal readonly struct BackwardFrom<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) => x * TLanes.MultiplyAdd(y - c, a, b);
    }

    /// <summary>∂L/∂z = a (g + exp(log p) b); a = 1/T, b = −Σg; 0 where log p = −∞.</summary>
    internal readonly struct LogBackward<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) =>
            TLanes.WhereEqual(x, TLanes.All(T.NegativeInfinity), default, a * TLanes.MultiplyAdd(ShiftedExp<TLanes, T>.Exp(x), b, y));
    }

    /// <summary>exp(x).</summary>
    internal readonly struct Exp<TLanes, T> : IRowMap<TLanes>
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c) => ShiftedExp<TLanes, T>.Exp(x);
    }
}
