namespace Kelvin.Bench.Ratios;

/// <summary>One way of doing a piece of work: set up in the constructor, then run many times on one thread of control.</summary>
internal interface IContestant
{
    /// <summary>Work done by one run, in the promise's unit / 10⁹: elements, floating-point operations, bytes.</summary>
    double UnitsPerRun { get; }

    /// <summary>Does the work once. Short runs must loop inside, so that a run takes some microseconds at least.</summary>
    void Run();
}
