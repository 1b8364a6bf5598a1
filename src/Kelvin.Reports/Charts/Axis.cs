namespace Kelvin.Reports.Charts;

/// <summary>Describes one axis.</summary>
/// <param name="Name">The quantity, such as "Loss".</param>
/// <param name="Unit">Its unit, such as "nat"; empty for pure numbers.</param>
public sealed record Axis(string Name, string Unit = "")
{
    /// <summary>Linear or logarithmic. On a logarithmic axis values ≤ 0 leave gaps, and the chart says how many.</summary>
    public AxisScale Scale { get; init; } = AxisScale.Linear;

    /// <summary>Where the axis begins; null: where the data do.</summary>
    public double? Min { get; init; }

    /// <summary>Where the axis ends; null: where the data do.</summary>
    public double? Max { get; init; }

    /// <summary>How ticks and values are written.</summary>
    public NumberForm Form { get; init; } = NumberForm.Plain;

    /// <summary>True for names in a row: such an axis does not grow in a direction.</summary>
    internal bool IsCategorical { get; init; }

    /// <summary>Name and unit as the chart shows them.</summary>
    internal string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";
}
