namespace Kelvin.Reports;

/// <summary>One part of a report under its own heading.</summary>
/// <param name="Title">The heading; short, since it stands in the navigation as well.</param>
/// <param name="Blocks">What the section holds, in reading order.</param>
public sealed record Section(string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>One or two sentences under the heading that say what the section shows; empty for none.</summary>
    public string Lead { get; init; } = "";
}
