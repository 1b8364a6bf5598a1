namespace Kelvin.Reports;

/// <summary>One number that deserves to be seen first.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The number, with its form; see <see cref="Cell"/>.</param>
/// <param name="Detail">A few words under it, such as what it is compared with; empty for none.</param>
public sealed record KeyNumber(string Label, Cell Value, string Detail = "");
