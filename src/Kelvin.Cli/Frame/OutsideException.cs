namespace Kelvin.Cli.Frame;

/// <summary>Says that something outside Kelvin failed: disk, rights, endpoint. Ends the process with 3.</summary>
/// <param name="message">What failed, and where.</param>
/// <param name="hint">What to do about it.</param>
/// <param name="inner">What led to it.</param>
internal sealed class OutsideException(string message, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    public string? Hint { get; } = hint;
}
