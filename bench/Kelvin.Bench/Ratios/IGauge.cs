namespace Kelvin.Bench.Ratios;

/// <summary>A contestant that is not timed: after its runs it says what it read, more being better.</summary>
internal interface IGauge : IContestant
{
    /// <summary>The reading, in the promise's unit.</summary>
    double Reading { get; }
}
