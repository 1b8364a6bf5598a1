namespace Kelvin.Reports;

/// <summary>Holds a text token by token, each shaded by a value; drawn as text that wraps, with a key to the shades.</summary>
/// <param name="Title">What the shades show.</param>
/// <param name="Tokens">The tokens, in reading order.</param>
public sealed record TokenStrip(string Title, IReadOnlyList<TokenMark> Tokens) : Block
{
    /// <summary>One or two sentences that say how to read it; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What the value is called in the key, unit included.</summary>
    public string ValueName { get; init; } = "value";
}
