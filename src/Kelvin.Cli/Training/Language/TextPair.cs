namespace Kelvin.Cli.Training.Language;

/// <summary>A prompt and the completion it should get.</summary>
/// <param name="Prompt">What is given.</param>
/// <param name="Completion">What should follow.</param>
/// <param name="Place">Where it stands, for messages.</param>
internal sealed record TextPair(string Prompt, string Completion, string Place);
