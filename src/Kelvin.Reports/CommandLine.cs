namespace Kelvin.Reports;

/// <summary>Shows a command to copy.</summary>
/// <param name="Text">The command, one line or several.</param>
public sealed record CommandLine(string Text) : Block
{
    /// <summary>What the command does, in a few words; empty for none.</summary>
    public string Caption { get; init; } = "";
}
