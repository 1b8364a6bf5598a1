using System.Numerics;

namespace Kelvin.Softmax;

/// <summary>What a look over a row tells before any exp is taken.</summary>
internal record struct RowExtremes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Largest entry.</summary>
    public T Max;

    /// <summary>Largest entry but for the first largest; −∞ when there is no other.</summary>
    public T Second;

    /// <summary>Smallest entry.</summary>
    public T Min;

    /// <summary>Index of the first largest entry, which must be finite.</summary>
    public int ArgMax;

    /// <summary>Entries equal to the largest.</summary>
    public int Ties;
}
