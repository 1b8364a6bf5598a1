namespace Kelvin.Cli.Frame;

/// <summary>Says that arguments, configuration or an input file cannot be used. Ends the process with 2.</summary>
/// <param name="message">What it is and what it must be, with file, line, column or flag.</param>
/// <param name="hint">What to do about it.</param>
/// <param name="inner">What led to it.</param>
internal sealed class UsageException(string message, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    public string? Hint { get; } = hint;
}
