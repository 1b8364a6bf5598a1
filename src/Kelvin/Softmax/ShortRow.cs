using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>What the exp stage leaves of one short row.</summary>
internal struct ShortRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σe, Σe y, Σe y², Σe².</summary>
    public Vector256<double> Sums;

    /// <summary>Largest entry.</summary>
    public T Max;

    /// <summary>Second largest entry.</summary>
    public T Second;

    /// <summary>Index of the first largest entry.</summary>
    public int ArgMax;

    /// <summary>Entries equal to the largest.</summary>
    public int Ties;

    /// <summary>Whether its moments are good; otherwise it goes alone.</summary>
    public bool IsDone;

    /// <summary>Whether any entry is −∞.</summary>
    public bool HasMasks;
}
