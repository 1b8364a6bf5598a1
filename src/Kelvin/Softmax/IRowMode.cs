namespace Kelvin.Softmax;

/// <summary>What a pass over a row is to yield; constants to the compiler, so that the loop holds nothing else.</summary>
internal interface IRowMode
{
    /// <summary>exp(d) is written.</summary>
    static abstract bool Stores { get; }

    /// <summary>The first largest entry is found and left out of the sums.</summary>
    static abstract bool LeavesOutMax { get; }

    /// <summary>Second largest entry, ties, and the sums behind entropy, variance and Σp².</summary>
    static abstract bool HasMoments { get; }
}
