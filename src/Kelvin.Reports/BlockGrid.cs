namespace Kelvin.Reports;

/// <summary>Places blocks side by side where the screen is wide enough, and below each other where it is not.</summary>
/// <param name="Blocks">Two to four blocks, usually charts.</param>
public sealed record BlockGrid(IReadOnlyList<Block> Blocks) : Block;
