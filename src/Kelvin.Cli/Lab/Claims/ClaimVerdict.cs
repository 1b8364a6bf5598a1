namespace Kelvin.Cli.Lab.Claims;

/// <summary>What became of a claim; in JSON <c>holds</c>, <c>conditional</c>, <c>fails</c>.</summary>
internal enum ClaimVerdict
{
    /// <summary>It held wherever it was measured.</summary>
    Holds,

    /// <summary>It held under the condition that is told.</summary>
    Conditional,

    /// <summary>It did not hold.</summary>
    Fails,
}
