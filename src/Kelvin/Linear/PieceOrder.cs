namespace Kelvin.Linear;

/// <summary>In which order threads take the pieces of a range.</summary>
internal enum PieceOrder
{
    /// <summary>Each takes the next one: neighbours in time are neighbours in the range, and late ones share evenly.</summary>
    Next,

    /// <summary>
    /// Each works through a run of its own, then takes half of what another has left; the body gets several pieces at once, so its indices must not
    /// depend on one another. For what lies one behind the other in memory and is read once: threads that jumped every 24 KB got 20 GB/s of a memory
    /// that gives 50 to long runs.
    /// </summary>
    Runs,
}
