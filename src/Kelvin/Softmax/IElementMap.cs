using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>A function of two entries at the same place and of a constant, written once for every width; <see cref="ElementPass"/> drives it.</summary>
/// <remarks>For functions too long to be laid out several times, as <see cref="Sweep{TLanes, T}"/> does with its <see cref="IRowMap{TLanes}"/>.</remarks>
internal interface IElementMap
{
    static abstract TLanes Of<TLanes, T>(TLanes x, TLanes y, TLanes a)
        where TLanes : unmanaged, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
