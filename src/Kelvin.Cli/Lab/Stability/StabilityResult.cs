using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Stability;

/// <summary>What the stability experiment found.</summary>
/// <param name="Plan">What was done.</param>
/// <param name="Columns">The map, by temperature and width.</param>
/// <param name="Sharpness">The sharpness along training, by activation and step.</param>
/// <param name="Mechanisms">The mechanisms, by activation, temperature and scale.</param>
internal sealed record StabilityResult(
    StabilityPlan Plan,
    IReadOnlyList<StabilityColumn> Columns,
    IReadOnlyList<SharpnessCourse> Sharpness,
    IReadOnlyList<MechanismPoint> Mechanisms)
{
    /// <summary>Columns in which the map's frontier and the bisected step can be compared.</summary>
    public int Compared => Columns.Count(column => !double.IsNaN(column.CellsApart));

    /// <summary>Of those, how many agree within one cell.</summary>
    public int Agreeing => Columns.Count(column => column.CellsApart <= 1);

    /// <summary>The column of a temperature and a width.</summary>
    public StabilityColumn At(double temperature, int hidden) =>
        Columns.First(column => column.Temperature == temperature && column.Hidden == hidden);

    /// <summary>The mechanisms at a temperature and a scale.</summary>
    public MechanismPoint Mechanism(HiddenActivation activation, double temperature, double factor) =>
        Mechanisms.First(point => point.Activation == activation && point.Temperature == temperature && point.Factor == factor);
}
