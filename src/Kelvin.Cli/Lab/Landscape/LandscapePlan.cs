using Kelvin.Stability;

namespace Kelvin.Cli.Lab.Landscape;

/// <summary>All that the landscape experiment depends on; the first line of its journal.</summary>
internal sealed record LandscapePlan
{
    public int Version { get; init; } = 2;

    public required string Data { get; init; }

    public required string Examples { get; init; }

    public required int Rows { get; init; }

    public required int Seed { get; init; }

    /// <summary>Seeds that are measured.</summary>
    public required int Seeds { get; init; }

    /// <summary>Other seeds, on which each activation's best step is chosen.</summary>
    public required int SelectionSeeds { get; init; }

    /// <summary>Hidden units of the comparison.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Hidden units of the networks that may get stuck.</summary>
    public required IReadOnlyList<int> StuckWidths { get; init; }

    /// <summary>Networks that may get stuck telling the two classes of a pair apart.</summary>
    public required IReadOnlyList<HardSetting> Hard { get; init; }

    /// <summary>Seeds of each of them; even, since barriers lie between two; two by two they take the pairs in turn.</summary>
    public required int HardSeeds { get; init; }

    /// <summary>Examples that they are trained on, at most.</summary>
    public required int HardRows { get; init; }

    /// <summary>Steps of each.</summary>
    public required int HardSteps { get; init; }

    /// <summary>Steps of a run at most.</summary>
    public required int MaxSteps { get; init; }

    /// <summary>The fixed loss, as a share of the loss at the start, which is the same for every network: the outputs start at 0.</summary>
    public double TargetShare { get; init; } = 0.1;

    /// <summary>The steps among which the best is chosen, in multiples of 2/λ_max.</summary>
    public IReadOnlyList<double> Candidates { get; init; } = [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

    /// <summary>The confusable pairs, as classes.</summary>
    public required IReadOnlyList<ClassPair> Pairs { get; init; }

    /// <summary>The seed that draws the signs of the output weights, one for all, so that lines between networks make sense.</summary>
    public int OutputSeed => Seed;

    /// <summary>A run towards the fixed loss.</summary>
    public DescentOptions ToTarget => new() { MaxSteps = MaxSteps, TargetShare = TargetShare };

    /// <summary>A run over all its steps, whatever becomes of it.</summary>
    public DescentOptions ToTheEnd => new() { MaxSteps = MaxSteps, TargetShare = 1e-9, GivesUp = false };

    /// <summary>How the largest stable step is found.</summary>
    public StepTrialOptions Trials => new() { Descent = ToTarget with { MaxSteps = Math.Min(MaxSteps, 1000) } };
}
