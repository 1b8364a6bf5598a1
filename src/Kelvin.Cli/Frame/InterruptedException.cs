namespace Kelvin.Cli.Frame;

/// <summary>Says that a command stopped because it was asked to, and how to go on. Ends the process with 130.</summary>
/// <param name="message">What was stopped, and what is safe on disk.</param>
/// <param name="hint">How to go on.</param>
internal sealed class InterruptedException(string message, string? hint = null) : OperationCanceledException(message)
{
    public string? Hint { get; } = hint;
}
