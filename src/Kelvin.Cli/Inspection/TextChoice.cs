namespace Kelvin.Cli.Inspection;

/// <summary>What a checkpoint is to be run on, as the user gave it.</summary>
/// <param name="Text">The text itself, or null.</param>
/// <param name="Tokens">Token ids, or null.</param>
/// <param name="File">A file with the text, or with token ids, or null.</param>
/// <param name="Most">Tokens to take; null for all.</param>
internal sealed record TextChoice(string? Text, string? Tokens, string? File, int? Most);
