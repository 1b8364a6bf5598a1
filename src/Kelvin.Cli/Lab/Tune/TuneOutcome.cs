namespace Kelvin.Cli.Lab.Tune;

/// <summary>The tuner on one data set and seed, and the grid beside it if it was run.</summary>
/// <param name="Data">Name of the data set.</param>
/// <param name="Rows">Its training rows.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Tuned">What the tuner found.</param>
/// <param name="GridCost">The arithmetic of the grid: as run, or as it would be.</param>
/// <param name="Grid">What the grid found; null if it was not run.</param>
internal sealed record TuneOutcome(string Data, int Rows, int Seed, TuneTrace Tuned, double GridCost, TuneTrace? Grid)
{
    /// <summary>How near to the grid's best counts as reaching it.</summary>
    public const double Nearness = 1.02;

    /// <summary>Losses below this, in nats, count as equal: on a separable data set they measure boldness, and some are 10⁻²⁰.</summary>
    public const double Floor = 0.001;

    /// <summary>The tuner's arithmetic as a share of the grid's.</summary>
    public double CostShare => Tuned.Cost / GridCost;

    /// <summary>The tuner's best validation loss divided by the grid's; NaN without a grid.</summary>
    public double LossRatio => Grid is null ? double.NaN : Math.Max(Floor, Tuned.Loss) / Math.Max(Floor, Grid.Loss);

    /// <summary>The arithmetic after which the tuner had come within 2 % of the grid's best, as a share of the whole grid's; ∞ if it did not.</summary>
    public double ShareToReach => Grid is null ? double.NaN : Tuned.CostToReach(Nearness * Math.Max(Floor, Grid.Loss)) / GridCost;

    /// <summary>The same for the grid itself, in its order.</summary>
    public double GridShareToReach => Grid is null ? double.NaN : Grid.CostToReach(Nearness * Math.Max(Floor, Grid.Loss)) / GridCost;
}
