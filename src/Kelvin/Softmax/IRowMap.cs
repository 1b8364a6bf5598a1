using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>A function of two entries at the same place, at any width; what <see cref="Sweep{TLanes, T}"/> drives over rows.</summary>
internal interface IRowMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TLanes Of<TLanes>(TLanes x, TLanes y)
        where TLanes : unmanaged, ILanes<TLanes, T>;
}
