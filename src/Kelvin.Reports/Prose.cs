namespace Kelvin.Reports;

/// <summary>Holds paragraphs of plain text.</summary>
/// <param name="Text">The text; an empty line starts a paragraph, **strong** and `code` are marked, everything else is literal.</param>
public sealed record Prose(string Text) : Block;
