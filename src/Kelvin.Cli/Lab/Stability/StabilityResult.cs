namespace Kelvin.Cli.Lab.Stability;

/// <summary>What the stability experiment found.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="Columns">The map, by temperature and width.</param>
internal sealed record StabilityResult(StabilityPlan Plan, IReadOnlyList<StabilityColumn> Columns)
{
    /// <summary>Columns in which the map's frontier and the bisected step can be compared.</summary>
    public int Compared => Columns.Count(column => !double.IsNaN(column.CellsApart));

    /// <summary>Of those, how many agree within one cell.</summary>
    public int Agreeing => Columns.Count(column => column.CellsApart <= 1);

    /// <summary>The column of a temperature and a width.</summary>
    public StabilityColumn At(double temperature, int hidden) =>
        Columns.First(column => column.Temperature == temperature && column.Hidden == hidden);
}
