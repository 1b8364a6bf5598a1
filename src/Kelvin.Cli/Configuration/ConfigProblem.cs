namespace Kelvin.Cli.Configuration;

/// <summary>A fault that only shows when several keys are seen together.</summary>
/// <param name="Key">The key to point at.</param>
/// <param name="Message">What it is and what it must be.</param>
/// <param name="Hint">What to do.</param>
internal sealed record ConfigProblem(string Key, string Message, string Hint);
