namespace Kelvin.Reports;

/// <summary>Heads one column of a table.</summary>
/// <param name="Name">What the column holds.</param>
/// <param name="Unit">The unit of its numbers, such as "nat"; empty for pure numbers and for text.</param>
public sealed record Column(string Name, string Unit = "")
{
    /// <summary>Turns a name into a column without a unit.</summary>
    public static implicit operator Column(string name) => FromString(name);

    /// <summary>Turns a name into a column without a unit.</summary>
    public static Column FromString(string name) => new(name);
}
