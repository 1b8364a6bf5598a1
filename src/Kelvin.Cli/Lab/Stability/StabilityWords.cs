using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>Words and letters for the outcomes of descent.</summary>
internal static class StabilityWords
{
    public const string Key = "█ fits  ▒ falls, but slowly  · does not fit  o dead one-hot  – stuck  x diverges";

    public static string Of(DescentOutcome outcome) => outcome switch
    {
        DescentOutcome.Fit => "fits",
        DescentOutcome.Slow => "falls slowly",
        DescentOutcome.DeadOneHot => "dead one-hot",
        DescentOutcome.Stuck => "stuck",
        DescentOutcome.Diverged => "diverges",
        _ => "does not fit",
    };

    public static char Letter(DescentOutcome outcome) => outcome switch
    {
        DescentOutcome.Fit => '█',
        DescentOutcome.Slow => '▒',
        DescentOutcome.DeadOneHot => 'o',
        DescentOutcome.Stuck => '–',
        DescentOutcome.Diverged => 'x',
        _ => '·',
    };

    /// <summary>A place on the scale of the heat maps: the better the higher.</summary>
    public static double Level(DescentOutcome outcome) => outcome switch
    {
        DescentOutcome.Fit => 4,
        DescentOutcome.Slow => 3,
        DescentOutcome.NotFitting => 2,
        DescentOutcome.DeadOneHot or DescentOutcome.Stuck => 1,
        _ => 0,
    };
}
