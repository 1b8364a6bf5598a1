namespace Kelvin.Reports;

/// <summary>Draws a few numbers large, side by side.</summary>
/// <param name="Numbers">The numbers, the most important first.</param>
public sealed record KeyNumbers(IReadOnlyList<KeyNumber> Numbers) : Block;
