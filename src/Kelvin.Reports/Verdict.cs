namespace Kelvin.Reports;

/// <summary>Says whether a claim stood up to its measurement.</summary>
public enum Verdict
{
    /// <summary>It held in every case that was measured.</summary>
    Held,

    /// <summary>It held under a condition that the item states.</summary>
    HeldWhen,

    /// <summary>It did not hold.</summary>
    DidNotHold,

    /// <summary>The measurement decides nothing, or nothing was measured.</summary>
    Undecided,
}
