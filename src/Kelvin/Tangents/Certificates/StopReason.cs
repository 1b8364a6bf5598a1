namespace Kelvin.Tangents.Certificates;

/// <summary>Why a pass along the centre path ended.</summary>
internal enum StopReason
{
    /// <summary>Every step has its bound.</summary>
    Finished,

    /// <summary>More checkpoints were needed than allowed.</summary>
    Checkpoints,

    /// <summary>η·λ_max(K) passed 2.</summary>
    EdgeOfStability,

    /// <summary>No radius contained what it implied.</summary>
    TubeOpen,

    /// <summary>A number overflowed.</summary>
    NotFinite,

    /// <summary>A unit stands so near its kink that rounding decides its sign.</summary>
    SignUndecided,
}
