namespace Kelvin.Bench.Ratios;

/// <summary>One row of the table of promises.</summary>
/// <param name="Name">The promise.</param>
/// <param name="Against">What the peer is.</param>
/// <param name="Ours">Our median rate.</param>
/// <param name="Peer">The peer's median rate.</param>
/// <param name="Unit">What the rates count.</param>
/// <param name="Ratio">Median over the paired rounds of ours / peer.</param>
/// <param name="Low">Lower quartile of the paired ratios.</param>
/// <param name="High">Upper quartile of the paired ratios.</param>
/// <param name="Goal">The ratio at which the promise holds.</param>
/// <param name="Holds">Whether the ratio reaches the goal, all code was optimised and nothing was allocated.</param>
/// <param name="OursTier">The JIT's tier of our Run, in a launch where it was not optimised if there was one.</param>
/// <param name="PeerTier">The same of the peer's Run.</param>
/// <param name="OursBytesPerRun">Heap bytes per run of ours.</param>
/// <param name="Compiled">Methods compiled while something was timed, all rounds and sides together.</param>
internal sealed record RatioResult(
    string Name,
    string Against,
    double Ours,
    double Peer,
    string Unit,
    double Ratio,
    double Low,
    double High,
    double Goal,
    bool Holds,
    string OursTier,
    string PeerTier,
    double OursBytesPerRun,
    int Compiled);
