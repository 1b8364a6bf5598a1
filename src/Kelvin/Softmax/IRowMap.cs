namespace Kelvin.Softmax;

/// <summary>A function of two entries at the same place and of three constants; what <see cref="Sweep{TLanes, T}"/> drives over rows.</summary>
/// <remarks>The constants stand apart, since a struct of them would be passed through memory, and wait there behind the stores of the row before.</remarks>
internal interface IRowMap<TLanes>
{
    static abstract TLanes Of(TLanes x, TLanes y, TLanes a, TLanes b, TLanes c);
}
