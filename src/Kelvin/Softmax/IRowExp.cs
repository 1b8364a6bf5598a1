using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>A way to take exp over a row whose maximum is known; a constant to the compiler, so that the loop over the row holds nothing else.</summary>
internal interface IRowExp<TSelf, TLanes, T>
    where TSelf : struct, IRowExp<TSelf, TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>For a row.</summary>
    static abstract TSelf Of(in RowScale<T> scale);

    /// <summary>M.</summary>
    TLanes Max { get; }

    /// <summary>What to put in the place of a logit that is to add nothing to any sum. Not kept: it is needed once a row, and would take a register from the loop.</summary>
    static abstract T LeftOut(in RowScale<T> scale);

    /// <summary>Turns four z into e = exp(x/T) and gives x = z − M, finite where z is −∞.</summary>
    /// <remarks>Stage by stage: the machine looks ahead over few operations that wait, and beside each of these stand three that do not.</remarks>
    void Map(ref TLanes z0, ref TLanes z1, ref TLanes z2, ref TLanes z3, out TLanes x0, out TLanes x1, out TLanes x2, out TLanes x3);

    /// <summary>The same of two, for machines with few registers.</summary>
    void Map(ref TLanes z0, ref TLanes z1, out TLanes x0, out TLanes x1);
}
